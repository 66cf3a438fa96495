package audit_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func BenchmarkDecode(b *testing.B) {
	data := encoded(b, finished())
	b.Run("strict and validated", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			_, err := audit.Decode(data)
			require.NoError(b, err)
		}
	})
	b.Run("naive: encoding/json, as it comes", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			require.NoError(b, json.Unmarshal(data, new(audit.Dossier)))
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	d := finished()
	b.Run("canonical", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := d.Encode()
			require.NoError(b, err)
		}
	})
	b.Run("naive: encoding/json, as it comes", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := json.MarshalIndent(d, "", "  ")
			require.NoError(b, err)
		}
	})
}

func BenchmarkAudit(b *testing.B) {
	d := finished()
	b.Run("every rule", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.Audit(today)
		}
	})
	b.Run("naive: one rule at a time", func(b *testing.B) {
		rules := audit.Rules()
		b.ReportAllocs()
		for b.Loop() {
			reports := make([]verdict.Report, len(rules))
			for i, rule := range rules {
				reports[i] = verdict.Run(d.Facts(today), rule)
			}
			verdict.Merge(reports...)
		}
	})
	b.Run("gate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := d.Gate(today)
			require.NoError(b, err)
		}
	})
	b.Run("status", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := d.Status(today)
			require.NoError(b, err)
		}
	})
}
