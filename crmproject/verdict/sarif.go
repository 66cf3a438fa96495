package verdict

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// SARIFOptions names the tool and the file that a SARIF log speaks of. The zero
// value is ready for use.
type SARIFOptions struct {
	Tool           string // name of the tool; "crm" if empty
	Version        string // its version, left out if empty
	InformationURI string // where to read about it, left out if empty
	// Artifact is the URI of the project file, relative to the root of the
	// repository. Services that annotate files show only results with one.
	Artifact string
}

// SARIF renders the report as a log in the Static Analysis Results Interchange
// Format, version 2.1.0 (OASIS Standard, 2020), indented and ending with a
// newline, so that code-scanning tools show project findings. The bytes depend on
// the report and the options alone.
//
// Critical and major findings have the level error, minor ones warning, info
// ones note. The subject of a finding is its logical location. Waived findings
// are suppressed results. A fingerprint of code and subject lets tools follow a
// finding over time. Rules that could not be judged are notifications of the
// invocation.
func (r Report) SARIF(o SARIFOptions) ([]byte, error) {
	if o.Tool == "" {
		o.Tool = "crm"
	}
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: o.Tool, Version: o.Version, InformationURI: o.InformationURI, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{Successful: true}},
		Results:     []sarifResult{},
	}
	index := r.sarifRules(&run)
	for _, f := range r.Findings {
		i, ok := index[f.Code]
		if !ok {
			i = len(run.Tool.Driver.Rules)
			index[f.Code] = i
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(Entry{Code: f.Code, Severity: f.Severity}))
		}
		run.Results = append(run.Results, f.sarif(i, o.Artifact))
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
	if err != nil {
		return nil, fmt.Errorf("verdict: %w", err)
	}
	return b.Bytes(), nil
}

// sarifRules lists the rules that were run and what could not be judged, and
// returns the index of each code.
func (r Report) sarifRules(run *sarifRun) map[Code]int {
	index := make(map[Code]int, len(r.Outcomes))
	for _, o := range r.Outcomes {
		if _, ok := index[o.Code]; !ok {
			index[o.Code] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(o.Entry))
		}
		if o.Status == Unassessed || o.Status == Failed {
			run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarifNotification{
				Level:      map[Status]string{Unassessed: "warning", Failed: "error"}[o.Status],
				Message:    sarifText{fmt.Sprintf("%s is %s: %s", o.Code, o.Status, o.Reason)},
				Associated: sarifReference{ID: string(o.Code), Index: index[o.Code]},
			})
		}
		if o.Status == Failed {
			run.Invocations[0].Successful = false
		}
	}
	return index
}

func sarifRuleOf(e Entry) sarifRule {
	rule := sarifRule{ID: string(e.Code), Default: sarifConfiguration{sarifLevel(e.Severity)}}
	if e.Title != "" {
		rule.Short = &sarifText{e.Title}
	}
	if e.Why != "" {
		rule.Full = &sarifText{e.Why}
	}
	return rule
}

func (f Finding) sarif(rule int, artifact string) sarifResult {
	message := strings.TrimSuffix(f.Message+" "+f.Remedy, " ")
	message = strings.Join(append([]string{message}, f.Evidence...), "\n- ")
	result := sarifResult{
		RuleID: string(f.Code), RuleIndex: rule, Level: sarifLevel(f.Severity), Message: sarifText{message},
		Fingerprints: map[string]string{"codeAndSubject/v1": f.fingerprint()},
	}
	if location, ok := sarifLocationOf(f.Subject, artifact); ok {
		result.Locations = []sarifLocation{location}
	}
	if f.Waiver != nil {
		result.Suppressions = []sarifSuppression{{
			Kind: "external", Status: "accepted",
			Justification: fmt.Sprintf("%s (by %s, until %s)", f.Waiver.Reason, f.Waiver.By, f.Waiver.Until),
		}}
	}
	return result
}

func sarifLocationOf(subject, artifact string) (sarifLocation, bool) {
	var l sarifLocation
	if subject != "" {
		l.Logical = []sarifLogical{{Name: subject}}
	}
	if artifact != "" {
		l.Physical = &sarifPhysical{Artifact: sarifArtifact{URI: artifact}}
	}
	return l, subject != "" || artifact != ""
}

// fingerprint hashes code and subject, with a separator that neither holds.
func (f Finding) fingerprint() string {
	sum := sha256.Sum256([]byte(string(f.Code) + "\x00" + f.Subject))
	return hex.EncodeToString(sum[:16])
}

func sarifLevel(s Severity) string {
	switch s {
	case Critical, Major:
		return "error"
	case Minor:
		return "warning"
	default:
		return "note"
	}
}

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// The part of the SARIF object model that a report needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri,omitempty"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string             `json:"id"`
		Short   *sarifText         `json:"shortDescription,omitempty"`
		Full    *sarifText         `json:"fullDescription,omitempty"`
		Default sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level      string         `json:"level"`
		Message    sarifText      `json:"message"`
		Associated sarifReference `json:"associatedRule"`
	}
	sarifReference struct {
		ID    string `json:"id"`
		Index int    `json:"index"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifLocation struct {
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Status        string `json:"status"`
		Justification string `json:"justification"`
	}
)
