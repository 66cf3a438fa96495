package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// renderers are the output formats.
var renderers = map[string]func(*Figures) ([]byte, error){
	"text":     func(f *Figures) ([]byte, error) { return []byte(report(f).Text()), nil },
	"markdown": func(f *Figures) ([]byte, error) { return []byte(report(f).Markdown()), nil },
	"json":     renderJSON,
	"sarif": func(f *Figures) ([]byte, error) {
		return f.Findings.SARIF(verdict.SARIFOptions{Tool: "rollout", Artifact: f.artifact})
	},
}

func render(format string, f *Figures) ([]byte, error) { return renderers[format](f) }

func renderJSON(f *Figures) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(f); err != nil {
		return nil, fmt.Errorf("json: %w", err)
	}
	return b.Bytes(), nil
}
