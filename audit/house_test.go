package audit_test

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// floorPlan says which package may import which others of this module, and with
// them what those may import. It is read from the roof down: every arrow points
// to a lower line or stays in its own wing, and no wing sees another. The names
// right of the colon leave out crmproject/ where that is not ambiguous;
// "foundation" stands for that floor without its test kit, and "everything" for
// all floors below together with the package's own sub-packages.
//
// A package that is not built yet may stand here; one that does not stand here
// may not be built. Folders called internal follow the line of their parent,
// and examples may import what they like.
const floorPlan = `
roof: looks at the whole project
    audit                                     : everything
    audit/control                             : foundation risk risk/quant kpi kpi/spc
    audit/review                              : foundation
    audit/trail                               :

wings: what a project is judged by
    kpi/rfm kpi/retention kpi/funnel kpi/clv
    kpi/survival kpi/revenue kpi/usage
    kpi/survey kpi/finance kpi/spc            : kpi calendar ratio verdict money
    kpi                                       : calendar ratio objective verdict money

    risk                                      : calendar ratio verdict money risk/quant risk/network
    risk/quant risk/network                   : money

    scope                                     : calendar ratio verdict money objective scope/requirement
    scope/migration scope/requirement         : verdict ratio money

    stakeholder                               : calendar verdict money stakeholder/adoption stakeholder/raci
    stakeholder/adoption                      : calendar ratio verdict money
    stakeholder/raci                          : verdict money

foundation: what a project is, and the words to speak of it
    crmproject/projecttest                    : crmproject phase verdict
    crmproject                                : calendar money ratio verdict objective phase schedule evm
    crmproject/evm                            : calendar money ratio verdict
    crmproject/schedule crmproject/phase      : calendar ratio verdict
    crmproject/objective                      : calendar ratio verdict
    crmproject/verdict                        : calendar ratio
    crmproject/calendar                       :
    crmproject/money                          :
    crmproject/ratio                          :
`

// Packages of the standard library that do input or output, tell the time of
// no one's asking, draw from a random source nobody seeded, or undermine the
// language. A name covers what is below it, "=" only itself.
var forbiddenStandard = []string{
	"C", "unsafe", "syscall", "plugin",
	"os", "io/fs", "io/ioutil", "path/filepath", "net", "log", "database",
	"=math/rand", "crypto/rand",
	"testing", // but for projecttest, which is a part of its users' tests
}

// What libraries, and what tests besides, may import of other modules.
var (
	foreignInLibrary = []string{"golang.org/x/exp/constraints"}
	foreignInTests   = []string{"github.com/stretchr/testify", "github.com/google/go-cmp", "golang.org/x/exp"}
)

// Names that reach for the clock, a global random source or the console.
// Of math/rand/v2 it is the others that do.
var (
	impureNames = map[string]string{
		"time":    "Now Since Until Sleep After AfterFunc Tick NewTimer NewTicker",
		"context": "WithTimeout WithTimeoutCause WithDeadline WithDeadlineCause",
		"fmt":     "Print Printf Println",
	}
	pureRandom = "New NewPCG NewChaCha8 NewZipf Rand Source PCG ChaCha8 Zipf"
)

// The house is built as planned: imports, purity, documentation.
func TestHouse(t *testing.T) {
	t.Parallel()
	h := newHouse(t, floorPlan, listPackages(t))
	require.Contains(t, h.packages, module+"/audit/internal/strict", "go list finds the packages")
	for _, p := range h.packages {
		t.Run(strings.TrimPrefix(p.ImportPath, module+"/"), func(t *testing.T) {
			t.Parallel()
			require.Empty(t, h.importFaults(p))
			if !isExample(p) {
				require.Empty(t, sourceFaults(t, p))
				require.Empty(t, documentFaults(t, p))
			}
		})
	}
}

// listPackages returns the packages of the root module.
func listPackages(t *testing.T) []*listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	require.NoError(t, err)
	var all []*listed
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		p := new(listed)
		require.NoError(t, d.Decode(p))
		all = append(all, p)
	}
	return all
}

// The plan itself points down, and its wings stand apart.
func TestHousePlan(t *testing.T) {
	t.Parallel()
	h := newHouse(t, floorPlan, nil)
	require.Equal(t, 2, h.lowest, "three floors")
	for _, name := range []string{"audit", "kpi/rfm", "kpi/spc", "stakeholder/raci", "crmproject/phase", "crmproject/ratio"} {
		require.Contains(t, h.rows, name)
	}
	for name, row := range h.rows {
		require.NotContains(t, h.reach(name), name, "%s is below itself", name)
		for _, to := range row.imports {
			other := h.rows[to]
			require.NotNil(t, other, "%s imports %s, which has no line", name, to)
			require.GreaterOrEqual(t, other.floor, row.floor, "%s -> %s points up", name, to)
			if other.floor == row.floor && row.floor < h.lowest {
				require.Equal(t, wing(name), wing(to), "%s sees %s", name, to)
			}
		}
	}
}

// Each rule of the house bites.
func TestHouseRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, imports, tests, want string
	}{
		{name: "kpi", imports: "crmproject/ratio strings math/rand/v2 golang.org/x/exp/constraints"},
		{name: "kpi/rfm", imports: "crmproject/objective kpi/internal/quantile", tests: "os testing kpi/rfm crmproject"},
		{name: "audit", imports: "scope/migration audit/trail", tests: "golang.org/x/exp/stats crmproject/projecttest"},
		{name: "audit/internal/strict", imports: "scope encoding/json"},
		{name: "crmproject/projecttest", imports: "testing testing/fstest crmproject/phase"},
		{name: "examples/rollout", imports: "os audit kpi"},
		{name: "scope", imports: "risk", want: "imports risk: no such arrow in the plan"},
		{name: "crmproject", imports: "audit", want: "imports audit: no such arrow in the plan"},
		{name: "crmproject/calendar", imports: "crmproject/internal/words", want: "imports crmproject/evm by way of crmproject/internal/words: no such arrow in the plan"},
		{name: "risk", imports: "kpi/internal/quantile", want: "imports kpi/internal/quantile: it is internal to kpi"},
		{name: "audit", imports: "crmproject/projecttest", want: "imports crmproject/projecttest: no such arrow in the plan"},
		{name: "audit", imports: "examples/rollout", want: "imports examples/rollout: examples are not a library"},
		{name: "risk/magic", want: "is not in the plan"},
		{name: "internal/magic", want: "is not in the plan"},
		{name: "risk", imports: "net/http", want: "imports net/http: no I/O, clock, global randomness or unsafe code in the library"},
		{name: "risk", imports: "math/rand", want: "imports math/rand: no I/O, clock, global randomness or unsafe code in the library"},
		{name: "risk", imports: "testing/quick", want: "imports testing/quick: no I/O, clock, global randomness or unsafe code in the library"},
		{name: "risk", imports: "golang.org/x/exp/stats", want: "imports golang.org/x/exp/stats: not a module libraries use"},
		{name: "examples/rollout", imports: "golang.org/x/text", want: "imports golang.org/x/text: not a module libraries use"},
		{name: "risk", tests: "kpi", want: "tests import kpi: not below it"},
		{name: "crmproject/phase", tests: "crmproject/evm", want: "tests import crmproject/evm: not below it"},
		{name: "risk", tests: "gonum.org/v1/gonum", want: "tests import gonum.org/v1/gonum: not a module tests use"},
	}
	quantile := &listed{ImportPath: module + "/kpi/internal/quantile"}
	words := &listed{ImportPath: module + "/crmproject/internal/words", Imports: []string{module + "/crmproject/evm"}}
	h := newHouse(t, floorPlan, []*listed{quantile, words})
	for _, tt := range tests {
		p := &listed{ImportPath: module + "/" + tt.name, Imports: qualify(tt.imports), XTestImports: qualify(tt.tests)}
		require.Equal(t, tt.want, strings.Join(h.importFaults(p), "; "), "%+v", tt)
	}
}

// So do those about the source.
func TestHouseSource(t *testing.T) {
	t.Parallel()
	tests := []struct{ imports, body, want string }{
		{`"time"`, `_ = time.Date; _ = time.Second`, ``},
		{`"fmt"`, `_ = fmt.Sprint(1)`, ``},
		{`"math/rand/v2"`, `_ = rand.New(rand.NewPCG(1, 2)).IntN(3)`, ``},
		{`"time"`, `var time struct{ Now int }; _ = time.Now`, ``},
		{``, `print := func() {}; print()`, ``},
		{`"time"`, `_ = time.Now()`, `time.Now`},
		{`"time"`, `f := time.Now; _ = f`, `time.Now`},
		{`clock "time"`, `<-clock.After(1)`, `time.After`},
		{`. "time"`, `_ = Now()`, `a dot import of time`},
		{`"context"`, `_, _ = context.WithTimeout(nil, 1)`, `context.WithTimeout`},
		{`"math/rand/v2"`, `_ = rand.IntN(3)`, `rand.IntN`},
		{`"math/rand/v2"`, `rand.Shuffle(3, nil)`, `rand.Shuffle`},
		{`"fmt"`, `fmt.Println("x")`, `fmt.Println`},
		{``, `println("x")`, `println`},
	}
	for _, tt := range tests {
		src := fmt.Sprintf("package p\nimport (\n%s\n)\nfunc f() {\n%s\n}\n", tt.imports, tt.body)
		got := strings.Join(impure(parse(t, "p.go", src)), "; ")
		if tt.want == "" {
			require.Empty(t, got, src)
		} else {
			require.Equal(t, "p.go:6 uses "+tt.want, got, src)
		}
	}
}
