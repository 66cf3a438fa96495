package risk_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// faultPaths returns the paths of the faults of an error, in order.
func faultPaths(err error) []string {
	paths := []string{}
	for _, f := range verdict.FaultsOf(err) {
		paths = append(paths, f.Path)
	}
	return paths
}

func TestLevelOf(t *testing.T) {
	s := risk.Names("low", "medium", "high").WithEqualEdges()
	for text, want := range map[string]int{
		"0": 0, "33333333/100000000": 0, "1/3": 1, "1/2": 1, "2/3": 2, "0.99": 2, "1": 2, // half-open, but for the last
	} {
		got, ok := s.LevelOf(share(text))
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
	for _, x := range []ratio.Ratio{share("-1/1000"), share("1001/1000"), {}, ratio.Undefined("lost")} {
		_, ok := s.LevelOf(x)
		require.False(t, ok, "%v", x)
	}
	_, ok := risk.Names("low", "high").LevelOf(share("1/2"))
	require.False(t, ok, "ordinal")
	_, ok = risk.Names("low", "high").WithEdges(ratio.Int(0)).LevelOf(share("1/2"))
	require.False(t, ok, "wrong number of edges")
	_, ok = risk.Scale{}.WithEqualEdges().LevelOf(share("1/2"))
	require.False(t, ok, "no level")
}

func TestScaleBuilders(t *testing.T) {
	s := risk.Names("a", "b")
	require.True(t, s.Ordinal())
	edged := s.WithEqualEdges()
	require.False(t, edged.Ordinal())
	require.Equal(t, []ratio.Ratio{ratio.Int(0), share("1/2"), ratio.Int(1)}, edged.Edges)
	require.True(t, edged.WithEdges().Ordinal())
	valued := s.WithValues(ratio.Int(2), ratio.Int(8), ratio.Int(99))
	require.Equal(t, ratio.Int(8), valued.Levels[1].Value)
	require.True(t, s.Levels[1].Value.IsZero(), "the original is unchanged")
	i, ok := s.Index("b")
	require.True(t, ok)
	require.Equal(t, 1, i)
	_, ok = s.Index("c")
	require.False(t, ok)
}

func TestScaleValidate(t *testing.T) {
	undefined := ratio.Undefined(strings.Repeat("why ", 100))
	for name, c := range map[string]struct {
		scale risk.Scale
		want  []string
	}{
		"good":            {risk.Names("a", "b").WithEqualEdges(), []string{}},
		"above one":       {risk.Names("a").WithEdges(ratio.Int(0), ratio.Int(1000)), []string{}},
		"empty":           {risk.Scale{}, []string{"levels"}},
		"names":           {risk.Names("a", "", "a"), []string{"levels[1].name", "levels[2].name"}},
		"value zero":      {risk.Names("a").WithValues(ratio.Int(0)), []string{"levels[0].value"}},
		"value undefined": {risk.Names("a").WithValues(undefined), []string{"levels[0].value"}},
		"value order":     {risk.Names("a", "b").WithValues(ratio.Int(2), ratio.Int(2)), []string{"levels[1].value"}},
		"value lacking":   {risk.Names("a", "b", "c").WithValues(ratio.Int(2)), []string{"levels"}},
		"edge count":      {risk.Names("a", "b").WithEdges(ratio.Int(0), ratio.Int(1)), []string{"edges"}},
		"edge order": {
			risk.Names("a", "b").WithEdges(ratio.Int(0), ratio.Int(1), ratio.Int(1)), []string{"edges[2]"},
		},
		"edge range": {
			risk.Names("a", "b").WithEdges(share("-1"), undefined, ratio.Int(1)),
			[]string{"edges[0]", "edges[1]", "edges[2]"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.scale.Validate()
			require.Equal(t, c.want, faultPaths(err))
			if err != nil {
				require.Less(t, len(err.Error()), 500)
			}
		})
	}
}

func TestScaleExtremes(t *testing.T) {
	tiny := ratio.New(1, math.MaxInt64)
	s := risk.Names("a", "b").WithEdges(ratio.Int(0), tiny, ratio.Int(math.MaxInt64))
	require.NoError(t, s.Validate())
	i, ok := s.LevelOf(tiny)
	require.True(t, ok)
	require.Equal(t, 1, i)
}

func FuzzScaleJSON(f *testing.F) {
	f.Add(`{"levels":[{"name":"a","value":"1/2"},{"name":"b","value":0.75}],"edges":[0,"10%",1],"unit":"EUR"}`, "1/10")
	f.Add(`{"levels":[]}`, "")
	f.Add(`{"levels":[{"name":"a"}],"edges":["undefined: x",0]}`, "2")
	f.Fuzz(func(t *testing.T, text, at string) {
		var s risk.Scale
		if json.Unmarshal([]byte(text), &s) != nil {
			return
		}
		valid := s.Validate() == nil
		x, err := ratio.Parse(at)
		i, ok := s.LevelOf(x)
		if !ok || err != nil || !valid {
			return
		}
		if !x.AtLeast(s.Edges[i]) || (i+1 < len(s.Levels) && x.AtLeast(s.Edges[i+1])) {
			t.Errorf("%v is not in level %d of %v", x, i, s.Edges)
		}
	})
}
