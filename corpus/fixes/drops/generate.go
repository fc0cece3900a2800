package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

const generatedFile = "zz_escapade_fixes_test.go"

// generate makes benchmarks for functions with fixes that no benchmark reaches in its loop.
func (p *prover) generate() {
	byDir := map[string][]int{}
	for i, f := range p.fixes {
		reached := false
		for _, h := range p.hits[i] {
			reached = reached || h.inLoop
		}
		if !reached {
			dir := filepath.Dir(f.File)
			byDir[dir] = append(byDir[dir], i)
		}
	}
	var dirs []string
	for dir := range byDir {
		dirs = append(dirs, dir)
	}
	sort.Strings(dirs)
	for _, dir := range dirs {
		p.generateIn(dir, byDir[dir])
	}
}

func (p *prover) generateIn(dir string, fixes []int) {
	g := &generator{imports: map[string]bool{"runtime": true, "testing": true}, seen: map[string]bool{}}
	g.types = declaredTypes(filepath.Join(p.before, dir))
	for _, i := range fixes {
		g.add(filepath.Join(p.before, p.fixes[i].File), p.fixes[i].Line)
	}
	for range 4 { // what does not compile goes
		if len(g.benches) == 0 {
			return
		}
		text := g.text()
		for _, root := range []string{p.before, p.after} {
			check(os.WriteFile(filepath.Join(root, dir, generatedFile), text, 0o666))
		}
		binary, out, err := p.build(p.before, dir, "try", "-gcflags=-e")
		if err == nil {
			p.setAside(dir, binary)
			p.cover(dir, "^BenchmarkEscapadeFix", true)
			return
		}
		if !g.drop(out) {
			break
		}
	}
	for _, root := range []string{p.before, p.after} {
		os.Remove(filepath.Join(root, dir, generatedFile))
	}
}

// setAside removes the package's own tests from the copies if they need what is not there, such as a
// server, before any of them runs: made benchmarks need nothing of them.
func (p *prover) setAside(dir, binary string) {
	if _, err := run(filepath.Join(p.before, dir), runTimeout, binary, "-test.run=^$"); err == nil {
		return
	}
	for _, root := range []string{p.before, p.after} {
		tests, _ := filepath.Glob(filepath.Join(root, dir, "*_test.go"))
		for _, test := range tests {
			if filepath.Base(test) != generatedFile {
				os.Remove(test)
			}
		}
	}
}

// deepest is how far into structs values are made.
const deepest = 3

type generator struct {
	types   map[string]ast.Expr // of the package
	depth   int
	pkg     string
	imports map[string]bool
	seen    map[string]bool
	benches []string
	lines   []int // where each starts in the last text
}

// declaredTypes returns the types of a package that are not generic, with what they are made of.
func declaredTypes(dir string) map[string]ast.Expr {
	types := map[string]ast.Expr{}
	paths, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil || strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				for _, spec := range d.Specs {
					if t, ok := spec.(*ast.TypeSpec); ok && t.TypeParams == nil {
						types[t.Name.Name] = t.Type
					}
				}
			}
		}
	}
	return types
}

// add makes benchmarks of the function around a line, with several sets of arguments.
func (g *generator) add(path string, line int) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, nil, 0)
	if err != nil || strings.HasSuffix(file.Name.Name, "main") {
		return
	}
	g.pkg = file.Name.Name
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || f.Type.TypeParams != nil {
			continue
		}
		if fset.Position(f.Pos()).Line > line || fset.Position(f.End()).Line < line || f.Name.Name == "init" {
			continue
		}
		for size := range 3 {
			g.call(f, size)
		}
	}
}

// call makes a benchmark of a function. A round may end in a panic: without a server behind it, a
// client that builds a request does, but what it has done before counts.
func (g *generator) call(f *ast.FuncDecl, size int) {
	var setup, vars, values []string
	callee := f.Name.Name
	if f.Recv != nil {
		v, ok := g.value(f.Recv.List[0].Type, size)
		if !ok {
			return
		}
		values = append(values, v)
		setup = append(setup, "recv := "+v)
		callee = "recv." + callee
	}
	var args []string
	for _, field := range f.Type.Params.List {
		for range max(1, len(field.Names)) {
			t, dots := field.Type, ""
			if e, ok := t.(*ast.Ellipsis); ok {
				t, dots = &ast.ArrayType{Elt: e.Elt}, "..."
			}
			v, ok := g.value(t, size)
			if !ok {
				return
			}
			// A package variable: the compiler would see through a local one.
			name := fmt.Sprintf("escapadeArg%d_%d", len(g.benches), len(args))
			values = append(values, v)
			vars = append(vars, fmt.Sprintf("var %s %s\n", name, show(t)))
			setup = append(setup, name+" = "+v)
			args = append(args, name+dots)
		}
	}
	body := fmt.Sprintf("%s(%s)", callee, strings.Join(args, ", "))
	key := fmt.Sprint(f.Pos(), values)
	if g.seen[key] {
		return
	}
	g.seen[key] = true
	name := fmt.Sprintf("BenchmarkEscapadeFix_%s_%d_%d", f.Name.Name, len(g.benches), size)
	g.benches = append(g.benches, strings.Join(vars, "")+fmt.Sprintf(`func %s(b *testing.B) {
	defer func() {
		if r := recover(); r != nil {
			b.Skip(r)
		}
	}()
	%s
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		func() {
			defer escapadeEnd(b)
			%s
		}()
	}
}
`, name, strings.Join(setup, "\n\t"), body))
}

func show(t ast.Expr) string {
	var b bytes.Buffer
	printer.Fprint(&b, token.NewFileSet(), t)
	return b.String()
}

var (
	strs    = []string{`""`, `"value"`, `"longer text,\nwith lines: 12345\nand blanks\n1\n2\n3\n4\n5\n6\n7"`}
	nums    = []string{"0", "7", "12345"}
	lengths = []int{0, 3, 12}
	anys    = []string{"nil", `"value"`, "12345"}
)

// value returns an expression of a type; larger ones for larger sizes.
func (g *generator) value(t ast.Expr, size int) (string, bool) {
	switch t := t.(type) {
	case *ast.Ident:
		switch t.Name {
		case "string":
			return strs[size], true
		case "int", "int8", "int16", "int32", "int64", "uint", "uint8", "byte", "uint16", "uint32",
			"uint64", "rune", "uintptr", "float32", "float64":
			if size == 2 && (strings.HasSuffix(t.Name, "8") || t.Name == "byte") {
				return "123", true
			}
			return nums[size], true
		case "bool":
			return strconv.FormatBool(size > 0), true
		case "error":
			g.imports["os"] = true
			return "os.ErrNotExist", true
		case "any":
			return anys[size], true
		}
		return g.named(t.Name, size), true
	case *ast.StarExpr:
		if id, ok := t.X.(*ast.Ident); ok {
			if _, ok := g.types[id.Name].(*ast.StructType); ok {
				return "&" + g.named(id.Name, size), true
			}
		}
		if v, ok := g.value(t.X, size); ok && size > 0 && !strings.HasPrefix(v, "*new(") {
			return fmt.Sprintf("func() *%[1]s { var v %[1]s = %[2]s; return &v }()", show(t.X), v), true
		}
		return "new(" + show(t.X) + ")", g.known(t.X)
	case *ast.ArrayType:
		if t.Len != nil {
			return show(t) + "{}", g.known(t.Elt)
		}
		if id, ok := t.Elt.(*ast.Ident); ok && id.Name == "byte" {
			return "[]byte(" + strs[size] + ")", true
		}
		e, ok := g.value(t.Elt, size)
		if !ok {
			return "", false
		}
		n := lengths[size]
		if g.depth > 0 {
			n = min(n, 1) // lists in lists of structs would be more than a compiler takes
		}
		list := strings.TrimSuffix(strings.Repeat(e+", ", n), ", ")
		return show(t) + "{" + list + "}", true
	case *ast.MapType:
		k, ok := g.value(t.Key, 2)
		v, fine := g.value(t.Value, size)
		if size == 0 {
			return show(t) + "{}", ok && fine
		}
		return show(t) + "{" + k + ": " + v + "}", ok && fine
	case *ast.SelectorExpr:
		switch show(t) {
		case "io.Writer":
			g.imports["io"] = true
			return "io.Discard", true
		case "io.Reader":
			g.imports["io"], g.imports["strings"] = true, true
			return "io.Reader(strings.NewReader(" + strs[size] + "))", true
		case "context.Context":
			g.imports["context"] = true
			return "context.Background()", true
		case "time.Time":
			g.imports["time"] = true
			return "time.Unix(1234567890, 0)", true
		case "time.Duration":
			g.imports["time"] = true
			return "time.Duration(" + nums[size] + ")", true
		}
	case *ast.InterfaceType:
		if len(t.Methods.List) == 0 {
			return anys[size], true
		}
	}
	return "", false
}

// named returns a value of a type of the package: with content, as far as that is simple.
func (g *generator) named(name string, size int) string {
	g.depth++
	defer func() { g.depth-- }()
	switch t := g.types[name].(type) {
	case *ast.Ident, *ast.ArrayType, *ast.MapType:
		if v, ok := g.value(t, size); ok && g.depth <= deepest {
			return name + "(" + v + ")"
		}
	case *ast.StructType:
		var fields []string
		for _, f := range t.Fields.List {
			for _, id := range f.Names {
				if g.isPointerToStruct(f.Type) || size == 0 || g.depth > deepest || id.Name == "_" {
					continue
				}
				if v, ok := g.value(f.Type, size); ok && !strings.HasPrefix(v, "*new(") {
					fields = append(fields, id.Name+": "+v)
				}
			}
		}
		return name + "{" + strings.Join(fields, ", ") + "}"
	}
	return "*new(" + name + ")"
}

// isPointerToStruct reports whether a type is one that may lead back to itself.
func (g *generator) isPointerToStruct(t ast.Expr) bool {
	p, ok := t.(*ast.StarExpr)
	if !ok {
		return false
	}
	switch p.X.(type) {
	case *ast.ArrayType, *ast.MapType:
		return false
	}
	id, ok := p.X.(*ast.Ident)
	if !ok {
		return true
	}
	_, isStruct := g.types[id.Name].(*ast.StructType)
	return isStruct
}

// known reports whether a type can be spelled without further imports.
func (g *generator) known(t ast.Expr) bool {
	known := true
	ast.Inspect(t, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			pkg := show(s.X)
			if pkg == "bytes" || pkg == "strings" || pkg == "time" || pkg == "bufio" {
				g.imports[pkg] = true
			} else {
				known = false
			}
		}
		return known
	})
	return known
}

// roundsEnd is called at the end of each round. Where coverage is measured it tells where a panic
// came from, which a block that is counted as reached may have stopped at.
const roundsEnd = `func escapadeEnd(b *testing.B) {
	if recover() == nil || testing.CoverMode() == "" {
		return
	}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		b.Logf("stopped in %s at line %d", f.Function, f.Line)
	}
}
`

func (g *generator) text() []byte {
	body := roundsEnd + strings.Join(g.benches, "\n")
	var imports []string
	for path := range g.imports {
		if strings.Contains(body, path+".") {
			imports = append(imports, strconv.Quote(path))
		}
	}
	sort.Strings(imports)
	text := "package " + g.pkg + "\n\nimport (\n\t" + strings.Join(imports, "\n\t") + "\n)\n\n"
	text += roundsEnd + "\n"
	g.lines = nil
	for _, b := range g.benches {
		g.lines = append(g.lines, strings.Count(text, "\n")+1)
		text += b + "\n"
	}
	return []byte(text)
}

var complaint = regexp.MustCompile(generatedFile + `:(\d+):`)

// drop takes away the benchmarks that the compiler complains about.
func (g *generator) drop(out string) bool {
	bad := map[int]bool{}
	for _, m := range complaint.FindAllStringSubmatch(out, -1) {
		line, _ := strconv.Atoi(m[1])
		bad[sort.SearchInts(g.lines, line+1)-1] = true
	}
	var kept []string
	for i, b := range g.benches {
		if !bad[i] {
			kept = append(kept, b)
		}
	}
	some := len(kept) < len(g.benches)
	g.benches = kept
	return some
}
