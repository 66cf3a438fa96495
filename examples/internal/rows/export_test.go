package rows

// The parsers of cells, for their fuzz targets.
var (
	ParseDay        = parseDay
	ParseDayOrMonth = parseDayOrMonth
	ParseMonth      = parseMonth
	ParseTime       = parseTime
	ParseAmount     = parseAmount
	ParseInteger    = parseInteger
	ParseNumber     = parseNumber
)
