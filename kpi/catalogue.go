package kpi

func customerMetrics() []Metric {
	return []Metric{
		{
			Code: "retention_rate", Name: "Retention rate", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "customers of a cohort active in the period / customers of the cohort whose whole period was observed",
			Needs:   []string{"orders by customer and day"}, Package: "kpi/retention", Items: []string{"KP-02"},
		}, {
			Code: "churn_rate", Name: "Churn rate", Unit: Percent, Polarity: LowerIsBetter,
			Formula: "customers active at the start and gone at the end / customers active at the start",
			Needs:   []string{"orders by customer and day", "an inactivity rule"}, Package: "kpi/retention", Items: []string{"KP-06"},
		}, {
			Code: "repeat_purchase_rate", Name: "Repeat purchase rate", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "customers with two or more orders / customers",
			Needs:   []string{"orders by customer and day"}, Package: "kpi/retention", Items: []string{"KP-02", "KP-13"},
		}, {
			Code: "recency", Name: "Recency", Unit: Days, Polarity: LowerIsBetter,
			Formula: "days from the last order of a customer to the day of the report, median over customers",
			Needs:   []string{"orders by customer and day"}, Package: "kpi/rfm", Items: []string{"KP-03"},
		}, {
			Code: "rfm_champion_share", Name: "Champion share", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "customers in the best RFM segment / customers",
			Needs:   []string{"orders by customer, day and amount", "a segment table"}, Package: "kpi/rfm", Items: []string{"KP-04"},
		}, {
			Code: "at_risk_share", Name: "At-risk share", Unit: Percent, Polarity: LowerIsBetter,
			Formula: "customers in the RFM segment of good customers who stay away / customers",
			Needs:   []string{"orders by customer, day and amount", "a segment table"}, Package: "kpi/rfm", Items: []string{"KP-04"},
		}, {
			Code: "customer_satisfaction", Name: "Customer satisfaction", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "answers of 4 or 5 on a scale of five / answers",
			Needs:   []string{"survey answers"}, Package: "kpi/survey", Items: []string{"KP-09", "KP-10", "ST-31"},
		}, {
			Code: "net_promoter_score", Name: "Net promoter score", Unit: Points, Polarity: HigherIsBetter,
			Formula: "100 × (answers of 9 or 10 − answers of 0 to 6) / answers",
			Needs:   []string{"survey answers"}, Package: "kpi/survey", Items: []string{"KP-10", "KP-13"},
		}, {
			Code: "average_customer_value", Name: "Customer lifetime value", Unit: Money, Polarity: HigherIsBetter,
			Formula: "discounted expected amount of future orders within a horizon, mean over customers",
			Needs:   []string{"orders by customer, day and amount", "a discount rate"}, Package: "kpi/clv", Items: []string{"KP-13"},
		}, {
			Code: "customer_lifetime", Name: "Customer lifetime", Unit: Days, Polarity: HigherIsBetter,
			Formula: "days from the first order to the churn of a customer, median by Kaplan-Meier",
			Needs:   []string{"orders by customer and day", "an inactivity rule"}, Package: "kpi/survival", Items: []string{"KP-02", "KP-06"},
		}, {
			Code: "active_customers", Name: "Customers likely active", Unit: Count, Polarity: HigherIsBetter,
			Formula: "sum of P(alive) over customers, by a model of repeat buying",
			Needs:   []string{"orders by customer and day"}, Package: "kpi/clv", Items: []string{"KP-02", "KP-06"},
		}, {
			Code: "customer_effort_score", Name: "Customer effort score", Unit: Points, Polarity: LowerIsBetter,
			Formula: "mean answer on how hard it was to be served",
			Needs:   []string{"survey answers"}, Package: "kpi/survey", Items: []string{"KP-10", "KP-13"},
		},
	}
}

func revenueMetrics() []Metric {
	return []Metric{
		{
			Code: "revenue", Name: "Revenue", Unit: Money, Polarity: HigherIsBetter,
			Formula: "sum of the orders of a period, less refunds",
			Needs:   []string{"orders by day and amount"}, Items: []string{"KP-09", "KP-13"},
		}, {
			Code: "net_revenue_retention", Name: "Net revenue retention", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "revenue at the end of those who paid at the start / revenue at the start",
			Needs:   []string{"recurring revenue by customer"}, Package: "kpi/revenue", Items: []string{"KP-02"},
		}, {
			Code: "gross_revenue_retention", Name: "Gross revenue retention", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "revenue at the end of those who paid at the start, each at most as before / revenue at the start",
			Needs:   []string{"recurring revenue by customer"}, Package: "kpi/revenue", Items: []string{"KP-02"},
		}, {
			Code: "revenue_churn_rate", Name: "Revenue churn rate", Unit: Percent, Polarity: LowerIsBetter,
			Formula: "(churned + contracted revenue) / revenue at the start",
			Needs:   []string{"recurring revenue by customer"}, Package: "kpi/revenue", Items: []string{"KP-06"},
		}, {
			Code: "quick_ratio", Name: "Quick ratio", Unit: Multiple, Polarity: HigherIsBetter,
			Formula: "(new + reactivated + expanded revenue) / (contracted + churned revenue)",
			Needs:   []string{"recurring revenue by customer"}, Package: "kpi/revenue", Items: []string{"KP-02", "KP-06"},
		}, {
			Code: "average_order_value", Name: "Average order value", Unit: Money, Polarity: HigherIsBetter,
			Formula: "revenue / orders",
			Needs:   []string{"orders by day and amount"}, Package: "kpi/retention", Items: []string{"KP-09"},
		}, {
			Code: "crm_roi", Name: "Return on the CRM", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "(benefits − cost) / cost, over the same time",
			Needs:   []string{"benefits in sales, satisfaction and service", "cost of the CRM"}, Package: "kpi/finance", Items: []string{"KP-09"},
		}, {
			Code: "crm_payback", Name: "Payback of the CRM", Unit: Days, Polarity: LowerIsBetter,
			Formula: "days until the cumulative cash of the CRM is no longer negative",
			Needs:   []string{"benefits and costs by period"}, Package: "kpi/finance", Items: []string{"KP-09"},
		},
	}
}

func salesMetrics() []Metric {
	return []Metric{
		{
			Code: "conversion_rate", Name: "Conversion rate", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "leads that became customers within the window / leads whose whole window was observed",
			Needs:   []string{"leads and wins by day"}, Package: "kpi/funnel", Items: []string{"KP-05"},
		}, {
			Code: "lead_response_time", Name: "Lead response time", Unit: Hours, Polarity: LowerIsBetter,
			Formula: "hours from a lead's arrival to the first answer, median",
			Needs:   []string{"leads with times"}, Items: []string{"KP-05", "KP-13"},
		}, {
			Code: "sales_cycle", Name: "Sales cycle", Unit: Days, Polarity: LowerIsBetter,
			Formula: "days from opportunity to win, median",
			Needs:   []string{"opportunities and wins by day"}, Package: "kpi/funnel", Items: []string{"KP-13"},
		}, {
			Code: "win_rate", Name: "Win rate", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "opportunities won / opportunities closed",
			Needs:   []string{"opportunities by outcome"}, Package: "kpi/funnel", Items: []string{"KP-05", "KP-13"},
		},
	}
}

func serviceMetrics() []Metric {
	return []Metric{
		{
			Code: "case_resolution_time", Name: "Case resolution time", Unit: Hours, Polarity: LowerIsBetter,
			Formula: "hours from the opening of a case to its resolution, mean",
			Needs:   []string{"cases with times"}, Items: []string{"KP-09", "KP-13"},
		}, {
			Code: "first_contact_resolution", Name: "First-contact resolution", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "cases resolved in the first contact / cases",
			Needs:   []string{"cases with contacts"}, Items: []string{"KP-09", "KP-13"},
		}, {
			Code: "complaint_rate", Name: "Complaint rate", Unit: Percent, Polarity: LowerIsBetter,
			Formula: "orders with a complaint / orders",
			Needs:   []string{"orders", "complaints"}, Items: []string{"KP-11"},
		},
	}
}

func adoptionMetrics() []Metric {
	return []Metric{
		{
			Code: "adoption_rate", Name: "Adoption rate", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "users active in the month / users who should be",
			Needs:   []string{"log-ins by user and day", "users by role"}, Package: "kpi/usage", Items: []string{"KP-10", "ST-26"},
		}, {
			Code: "stickiness", Name: "Stickiness", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "users active on a day, mean over the month / users active in the month",
			Needs:   []string{"log-ins by user and day"}, Package: "kpi/usage", Items: []string{"KP-10"},
		}, {
			Code: "feature_adoption", Name: "Feature adoption", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "users who used a feature / users active in the window",
			Needs:   []string{"actions by user and day"}, Package: "kpi/usage", Items: []string{"KP-10", "ST-26"},
		}, {
			Code: "power_users", Name: "Power users", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "users active on at least a given number of days of the window / users active in it",
			Needs:   []string{"log-ins by user and day"}, Package: "kpi/usage", Items: []string{"KP-10"},
		}, {
			Code: "time_to_first_value", Name: "Time to first value", Unit: Days, Polarity: LowerIsBetter,
			Formula: "days from the first access of a user to the first valued action, median, those not there yet censored",
			Needs:   []string{"actions by user and day", "first access by user"}, Package: "kpi/usage", Items: []string{"KP-10", "ST-26"},
		}, {
			Code: "user_satisfaction", Name: "User satisfaction", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "users who answer 4 or 5 on a scale of five / users who answer",
			Needs:   []string{"survey answers of users"}, Package: "kpi/survey", Items: []string{"KP-10", "KP-11"},
		}, {
			Code: "data_quality", Name: "Data quality", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "records that pass every check / records",
			Needs:   []string{"records", "checks"}, Items: []string{"KP-11", "CP-28"},
		}, {
			Code: "duplicate_rate", Name: "Duplicate rate", Unit: Percent, Polarity: LowerIsBetter,
			Formula: "customer records that have a double / customer records",
			Needs:   []string{"customer records"}, Items: []string{"KP-11", "CP-28"},
		}, {
			Code: "system_availability", Name: "System availability", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "minutes of service time in which the CRM answered / minutes of service time",
			Needs:   []string{"monitoring"}, Items: []string{"KP-11", "CP-26"},
		},
	}
}

func projectMetrics() []Metric {
	return []Metric{
		{
			Code: "training_completion", Name: "Training completion", Unit: Percent, Polarity: HigherIsBetter,
			Formula: "users trained / users",
			Needs:   []string{"training records"}, Items: []string{"CP-23", "ST-19"},
		}, {
			Code: "reporting_effort", Name: "Reporting effort", Unit: Hours, Polarity: LowerIsBetter,
			Formula: "hours a month spent on reports about customers",
			Needs:   []string{"time sheets"}, Items: []string{"KP-09"},
		},
	}
}
