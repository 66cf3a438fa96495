package audit_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/crmrollout/crm"

// listed is what go list tells about a package.
type listed struct {
	ImportPath, Dir                    string
	GoFiles, TestGoFiles, XTestGoFiles []string
	CgoFiles, IgnoredGoFiles           []string
	Imports, TestImports, XTestImports []string
}

func isExample(p *listed) bool { return strings.HasPrefix(p.ImportPath, module+"/examples/") }

// row is a line of the plan.
type row struct {
	floor   int // counted down from the roof, which is 0
	imports []string
}

// house is the plan and what has been built.
type house struct {
	lowest   int // floor
	rows     map[string]*row
	packages map[string]*listed // by import path
}

func newHouse(t *testing.T, plan string, built []*listed) *house {
	t.Helper()
	h := &house{rows: map[string]*row{}, packages: map[string]*listed{}}
	for _, p := range built {
		h.packages[p.ImportPath] = p
	}
	h.read(t, plan)
	for name, r := range h.rows {
		r.imports = h.expand(name, r)
	}
	return h
}

// read takes the lines of the plan. A line without indentation starts a floor;
// one without a colon goes on in the next.
func (h *house) read(t *testing.T, plan string) {
	t.Helper()
	h.lowest = -1
	var names []string
	for line := range strings.Lines(strings.TrimSpace(plan)) {
		left, right, ended := strings.Cut(line, ":")
		switch {
		case strings.TrimSpace(line) == "":
		case !strings.HasPrefix(line, " "):
			h.lowest++
		default:
			names = append(names, strings.Fields(left)...)
		}
		if !ended {
			continue
		}
		for _, name := range names {
			require.Nil(t, h.rows[name], "%s has two lines", name)
			h.rows[name] = &row{h.lowest, strings.Fields(right)}
		}
		names = nil
	}
}

// expand spells out the short names of a row.
func (h *house) expand(name string, r *row) []string {
	var full []string
	for _, short := range r.imports {
		switch short {
		case "foundation":
			full = append(full, h.where(func(_ string, other *row) bool { return other.floor == h.lowest })...)
		case "everything":
			full = append(full, h.where(func(to string, other *row) bool {
				return other.floor > r.floor || strings.HasPrefix(to, name+"/")
			})...)
		default:
			if h.rows["crmproject/"+short] != nil {
				short = "crmproject/" + short
			}
			full = append(full, short)
		}
	}
	return full
}

func (h *house) where(keep func(string, *row) bool) []string {
	var names []string
	for name, r := range h.rows {
		if keep(name, r) && name != "crmproject/projecttest" {
			names = append(names, name)
		}
	}
	return names
}

// reach returns all that a package of the plan may import.
func (h *house) reach(name string) map[string]bool {
	seen := map[string]bool{}
	todo := slices.Clone(h.rows[name].imports)
	for len(todo) > 0 {
		to := todo[0]
		todo = todo[1:]
		if !seen[to] && h.rows[to] != nil {
			seen[to] = true
			todo = append(todo, h.rows[to].imports...)
		}
	}
	return seen
}

// importFaults returns what is wrong with the imports of a package, sorted.
func (h *house) importFaults(p *listed) []string {
	v := &visitor{house: h, faults: map[string]bool{}, name: local(p.ImportPath)}
	switch line, _ := parent(v.name); {
	case isExample(p):
	case h.rows[line] == nil:
		return []string{"is not in the plan"}
	default:
		v.row, v.reach = h.rows[line], h.reach(line)
	}
	for _, to := range p.Imports {
		v.library(to, "")
	}
	for _, to := range slices.Concat(p.TestImports, p.XTestImports) {
		v.test(to)
	}
	return slices.Sorted(maps.Keys(v.faults))
}

// visitor goes through the imports of one package; row is nil for an example.
type visitor struct {
	house  *house
	name   string
	row    *row
	reach  map[string]bool
	faults map[string]bool
}

func (v *visitor) faultf(format string, args ...any) { v.faults[fmt.Sprintf(format, args...)] = true }

// library judges an import of code that is no test; via names the internal
// package that leads to it, if one does.
func (v *visitor) library(to, via string) {
	if via != "" {
		via = " by way of " + via
	}
	target := local(to)
	up, internal := parent(target)
	switch {
	case isStandard(to):
		if v.row != nil && isForbidden(to) && (v.name != "crmproject/projecttest" || !within(to, "testing")) {
			v.faultf("imports %s%s: no I/O, clock, global randomness or unsafe code in the library", to, via)
		}
	case !within(to, module):
		if !slices.ContainsFunc(foreignInLibrary, func(m string) bool { return within(to, m) }) {
			v.faultf("imports %s%s: not a module libraries use", to, via)
		}
	case v.row == nil: // an example
	case within(target, "examples"):
		v.faultf("imports %s%s: examples are not a library", target, via)
	case internal && !within(v.name, up):
		v.faultf("imports %s%s: it is internal to %s", target, via, up)
	case internal:
		if p := v.house.packages[to]; p != nil {
			for _, next := range p.Imports {
				v.library(next, target)
			}
		}
	case !v.reach[target]:
		v.faultf("imports %s%s: no such arrow in the plan", target, via)
	}
}

// testKit is made for tests, of this module as of any other.
const testKit = "crmproject/projecttest"

// test judges an import of test code: what the code itself may import, all
// that is on a lower floor, the test kit, and the test modules.
func (v *visitor) test(to string) {
	target := local(to)
	up, internal := parent(target)
	switch {
	case isStandard(to):
	case !within(to, module):
		if !slices.ContainsFunc(foreignInTests, func(m string) bool { return within(to, m) }) {
			v.faultf("tests import %s: not a module tests use", to)
		}
	case v.row == nil, target == v.name, v.reach[target], internal && within(v.name, up):
	case target == testKit:
	case v.house.rows[target] == nil || v.house.rows[target].floor <= v.row.floor:
		v.faultf("tests import %s: not below it", target)
	}
}

// local returns an import path without that of this module.
func local(importPath string) string { return strings.TrimPrefix(importPath, module+"/") }

// parent returns the package whose line a package follows, and whether that is
// another one because the package is internal.
func parent(name string) (string, bool) {
	before, _, internal := strings.Cut(name+"/", "/internal/")
	return strings.TrimSuffix(before, "/"), internal
}

// wing is the top folder of a package.
func wing(name string) string {
	top, _, _ := strings.Cut(name, "/")
	return top
}

func within(p, dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }

// isStandard relies on the first element of a module's path having a dot.
func isStandard(importPath string) bool { return !strings.Contains(wing(importPath), ".") }

func isForbidden(importPath string) bool {
	return slices.ContainsFunc(forbiddenStandard, func(f string) bool {
		exact, only := strings.CutPrefix(f, "=")
		return importPath == exact || !only && within(importPath, f)
	})
}

// qualify turns a list of short names into import paths.
func qualify(names string) []string {
	var paths []string
	for name := range strings.FieldsSeq(names) {
		switch wing(name) {
		case "crmproject", "risk", "scope", "stakeholder", "kpi", "audit", "examples":
			name = path.Join(module, name)
		}
		paths = append(paths, name)
	}
	return paths
}

// sourceFaults returns the impure names that the code of a package uses, and
// the files that a build tag would keep from being looked at.
func sourceFaults(t *testing.T, p *listed) []string {
	t.Helper()
	var faults []string
	for _, name := range p.IgnoredGoFiles {
		faults = append(faults, name+" is left out of this build: the library has one build for all")
	}
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles) {
		faults = append(faults, impure(parse(t, filepath.Join(p.Dir, name), nil))...)
	}
	return faults
}

// parsed is a file with its positions.
type parsed struct {
	*ast.File

	set *token.FileSet
}

// parse reads a file, or the source given.
func parse(t *testing.T, name string, src any) parsed {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, src, parser.ParseComments)
	require.NoError(t, err)
	return parsed{file, set}
}

// impure returns where a file uses an impure name, called or not.
func impure(file parsed) []string {
	var faults []string
	fault := func(at ast.Node, what string) {
		pos := file.set.Position(at.Pos())
		faults = append(faults, fmt.Sprintf("%s:%d uses %s", filepath.Base(pos.Filename), pos.Line, what))
	}
	imported := imports(file)
	if dotted := imported["."]; dotted != "" {
		fault(firstStatement(file), "a dot import of "+dotted)
	}
	ast.Inspect(file.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			// An identifier the parser resolved is a variable of that name.
			if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil && isImpure(imported[x.Name], n.Sel.Name) {
				fault(n, path.Base(strings.TrimSuffix(imported[x.Name], "/v2"))+"."+n.Sel.Name)
			}
		case *ast.CallExpr:
			f, ok := n.Fun.(*ast.Ident)
			if ok && f.Obj == nil && (f.Name == "print" || f.Name == "println") {
				fault(n, f.Name)
			}
		}
		return true
	})
	return faults
}

func isImpure(importPath, name string) bool {
	if importPath == "math/rand/v2" {
		return !slices.Contains(strings.Fields(pureRandom), name)
	}
	return slices.Contains(strings.Fields(impureNames[importPath]), name)
}

// imports returns the import paths of a file by the names they have in it; of
// packages imported with a dot, one that has impure names.
func imports(file parsed) map[string]string {
	byName := map[string]string{}
	for _, spec := range file.Imports {
		importPath, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(strings.TrimSuffix(importPath, "/v2"))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name != "." || impureNames[importPath] != "" || importPath == "math/rand/v2" {
			byName[name] = importPath
		}
	}
	return byName
}

// firstStatement is where a fault of the whole file is shown.
func firstStatement(file parsed) ast.Node {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil && len(f.Body.List) > 0 {
			return f.Body.List[0]
		}
	}
	return file
}

// documentFaults returns what a reader of a package's documentation would miss.
func documentFaults(t *testing.T, p *listed) []string {
	t.Helper()
	if _, internal := parent(local(p.ImportPath)); internal {
		return nil
	}
	var faults []string
	if !slices.Contains(p.GoFiles, "doc.go") || parse(t, filepath.Join(p.Dir, "doc.go"), nil).Doc.Text() == "" {
		faults = append(faults, "has no doc.go with a package comment")
	}
	exports := func(d *ast.FuncDecl) bool { return d.Name.IsExported() }
	example := func(d *ast.FuncDecl) bool { return strings.HasPrefix(d.Name.Name, "Example") && d.Recv == nil }
	if hasFunc(t, p.Dir, p.GoFiles, exports) &&
		!hasFunc(t, p.Dir, slices.Concat(p.TestGoFiles, p.XTestGoFiles), example) {
		faults = append(faults, "has no Example")
	}
	return faults
}

// hasFunc tells whether one of the files declares a function or method such as that.
func hasFunc(t *testing.T, dir string, files []string, such func(*ast.FuncDecl) bool) bool {
	t.Helper()
	for _, name := range files {
		for _, decl := range parse(t, filepath.Join(dir, name), nil).Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && such(f) {
				return true
			}
		}
	}
	return false
}
