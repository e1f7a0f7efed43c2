package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// What stands in a text for a value, and for the text of another error.
const (
	gap  = "\x00"
	wrap = "\x01"
)

var verb = regexp.MustCompile(`%[-+# 0]*[\d*]*(?:\.[\d*]+)?(?:\[\d+\])?([a-zA-Z%])`)

// A source is a file of the checkout.
type source struct {
	path    string
	dir     string
	tree    *ast.File
	imports map[string]string // the name in this file, and the path
}

// A reader knows the checkout: its constants, and what callers make of the errors that a function returns.
type reader struct {
	sources   []*source
	constants map[string]ast.Expr  // by package's folder and name
	becomes   map[string][]verdict // by package's folder and function's name
	methods   map[string][]string  // the folders of the functions with a receiver, by their names
	passes    map[string]passing   // by package's folder and function's name
	flagCode  map[string]bool      // what the checks of arguments and flags call, by package's folder and name
	texts     []text
	all       []text         // also what is left out as too short or too common
	left      map[string]int // how many were left out, by reason
}

// A passing is a parameter of a function that becomes the text of an error.
type passing struct {
	index int
	verdict
}

// readAll reads each file of a checkout that can hold what a user sees.
func readAll(root string) (*reader, error) {
	r := &reader{constants: map[string]ast.Expr{}, becomes: map[string][]verdict{}, methods: map[string][]string{},
		passes: map[string]passing{}, flagCode: map[string]bool{}, left: map[string]int{}}
	files := token.NewFileSet()
	for _, top := range []string{"app", "internal", "pkg"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			path, _ := filepath.Rel(root, name)
			path = filepath.ToSlash(path)
			if strings.HasSuffix(path, ".proto") {
				return r.readProto(name, path)
			}
			if !strings.HasSuffix(path, ".go") || skipped.MatchString(path) {
				return nil
			}
			tree, err := parser.ParseFile(files, name, nil, 0)
			if err == nil {
				r.sources = append(r.sources, newSource(path, tree))
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, s := range r.sources {
		r.declare(s)
	}
	for _, s := range r.sources {
		r.trace(s)
	}
	for _, s := range r.sources {
		r.read(s)
	}
	for _, l := range libraries {
		for _, t := range l.texts {
			marks := general
			if ofMissing.MatchString(t) {
				marks = general + " " + lookup
			}
			r.addOf(l, t, marks)
		}
	}
	for _, l := range lookups {
		for _, t := range l.texts {
			r.addOf(l, t, lookup+" "+short)
		}
	}
	return r, nil
}

func (r *reader) addOf(o origin, said, marks string) {
	r.texts = append(r.texts, text{pattern(verb.ReplaceAllStringFunc(said, asGap)), o.layer, o.subject, o.file, marks})
}

func newSource(path string, tree *ast.File) *source {
	s := &source{path: path, dir: filepath.ToSlash(filepath.Dir(path)), tree: tree, imports: map[string]string{}}
	for _, spec := range tree.Imports {
		full, _ := strconv.Unquote(spec.Path.Value)
		name := full[strings.LastIndex(full, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		s.imports[name] = full
	}
	return s
}

// declare notes a file's constants, variables with one value, and methods.
func (r *reader) declare(s *source) {
	for _, decl := range s.tree.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil {
				r.methods[d.Name.Name] = append(r.methods[d.Name.Name], s.dir)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && len(v.Values) == len(v.Names) {
					for i, name := range v.Names {
						r.constants[s.dir+"."+name.Name] = v.Values[i]
					}
				}
			}
		}
	}
}

// trace notes what callers make of an error: after `err := check()`, NewErrValidation(err) makes check's own errors
// validation errors. It also notes which parameters become texts, and what the checks of arguments and flags call.
func (r *reader) trace(s *source) {
	for _, decl := range s.tree.Decls {
		made := map[string]string{} // the function that an error came from, by the error's name
		ast.Inspect(decl, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if c, ok := n.Rhs[len(n.Rhs)-1].(*ast.CallExpr); ok {
					if name, ok := n.Lhs[len(n.Lhs)-1].(*ast.Ident); ok {
						made[name.Name] = r.key(s, c)
					}
				}
			case *ast.CallExpr:
				v, ok := r.verdict(s, n)
				if !ok || v == (verdict{}) {
					return true
				}
				for _, arg := range n.Args {
					if f, ok := decl.(*ast.FuncDecl); ok {
						if i := parameter(f, arg); i >= 0 {
							r.passes[s.dir+"."+f.Name.Name] = passing{i, v}
						}
					}
					if from := made[errorName(arg)]; from != "" {
						r.becomes[from] = append(r.becomes[from], v)
					}
				}
			case *ast.KeyValueExpr:
				if isFlagCheck(n) {
					ast.Inspect(n, func(n ast.Node) bool {
						if c, ok := n.(*ast.CallExpr); ok {
							r.flagCode[r.key(s, c)] = true
						}
						return true
					})
				}
			}
			return true
		})
	}
}

// parameter is which of a function's parameters an expression is, or -1.
func parameter(f *ast.FuncDecl, e ast.Expr) int {
	i := 0
	for _, field := range f.Type.Params.List {
		for _, name := range field.Names {
			x, ok := e.(*ast.Ident)
			if t, isName := field.Type.(*ast.Ident); ok && isName && t.Name == "string" && x.Name == name.Name {
				return i
			}
			i++
		}
	}
	return -1
}

// key names the function that is called, as far as that can be told without types.
func (r *reader) key(s *source, c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return s.dir + "." + f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && s.imports[x.Name] != "" {
			return folder(s.imports[x.Name]) + "." + f.Sel.Name
		}
		if dirs := r.methods[f.Sel.Name]; len(dirs) == 1 {
			return dirs[0] + "." + f.Sel.Name
		}
	}
	return ""
}

// folder is where an imported package of the checkout stands.
func folder(path string) string {
	return strings.TrimPrefix(path, "github.com/chainloop-dev/chainloop/")
}

// errorName is the name of an error, also of one whose text is asked for.
func errorName(e ast.Expr) string {
	if c, ok := e.(*ast.CallExpr); ok && len(c.Args) == 0 {
		if f, ok := c.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Error" {
			e = f.X
		}
	}
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func isFlagCheck(n *ast.KeyValueExpr) bool {
	key, ok := n.Key.(*ast.Ident)
	return ok && (key.Name == "Args" || key.Name == "PreRunE")
}

// read finds the texts of a file.
func (r *reader) read(s *source) {
	var stack []ast.Node
	ast.Inspect(s.tree, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		switch n := n.(type) {
		case *ast.CallExpr:
			r.readCall(s, n, stack)
		case *ast.ReturnStmt:
			// The text that a type of error makes.
			if f := function(stack); f != nil && f.Recv != nil && f.Name.Name == "Error" && len(n.Results) == 1 {
				v, _ := verdictOf(receiver(f))
				r.add(s, r.text(s, n.Results[0]), v, "", stack)
			}
		case *ast.AssignStmt:
			name := errorName(n.Lhs[0])
			if len(n.Rhs) == 1 && (name == "msg" || name == "message") && choosesWords.MatchString(s.path) {
				r.add(s, r.text(s, n.Rhs[0]), verdict{}, "", stack)
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "UserMessage" {
				r.add(s, r.text(s, n.Value), verdict{}, "", stack)
			}
		}
		return true
	})
}

func (r *reader) readCall(s *source, c *ast.CallExpr, stack []ast.Node) {
	name, pkg := callee(s, c)
	v, ok := r.verdict(s, c)
	switch {
	case ok:
		i := textOf(pkg, name)
		if i >= len(c.Args) {
			return
		}
		t := r.text(s, c.Args[i])
		if takesFormat(pkg, name) {
			t = r.format(s, c.Args[i:])
		}
		if strings.HasSuffix(name, "ErrNotFound") {
			t += " not found"
		}
		r.add(s, t, v, "", stack)
	case pkg == "fmt" && name == "Errorf":
		r.add(s, r.format(s, c.Args), r.around(s, stack), "", stack)
	case pkg == "errors" && name == "New":
		r.add(s, r.text(s, c.Args[0]), r.around(s, stack), "", stack)
	case name == "append" && len(c.Args) == 2 && isError(c.Args[0]):
		r.add(s, r.text(s, c.Args[1]), verdict{}, "", stack)
	case pkg == "":
		if p, ok := r.passes[r.key(s, c)]; ok && p.index < len(c.Args) {
			r.add(s, r.text(s, c.Args[p.index]), p.verdict, "", stack)
			return
		}
		if t, level := r.logged(s, c, name); level != "" {
			r.add(s, t, verdict{}, level, stack)
		}
	}
}

// callee is the name of the function that is called, and the import path of its package if it is another's.
func callee(s *source, c *ast.CallExpr) (name, pkg string) {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name, ""
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Obj == nil {
			return f.Sel.Name, s.imports[x.Name]
		}
		return f.Sel.Name, ""
	}
	return "", ""
}

const (
	kratos = "github.com/go-kratos/kratos/v2/errors"
	status = "google.golang.org/grpc/status"
)

// verdict says whether a call makes an error of a kind, and what that proves.
func (r *reader) verdict(s *source, c *ast.CallExpr) (verdict, bool) {
	name, pkg := callee(s, c)
	kind := ""
	switch {
	case pkg == kratos:
		kind = name
		if lit, ok := first(c).(*ast.BasicLit); ok && (name == "New" || name == "Newf") {
			kind = lit.Value
		}
	case pkg == status && (name == "Error" || name == "Errorf"):
		kind = errorName(first(c))
	case pkg == "net/http" && name == "Error":
		kind = errorName(c.Args[2])
	case name == "newOauthResp" && errorName(c.Args[2]) == "true":
		kind = "Unauthorized" // A login's page shows these.
	case strings.HasPrefix(name, "NewErr"):
		kind = strings.TrimSuffix(strings.TrimPrefix(name, "New"), "Str")
	case strings.HasPrefix(name, "Error"):
		kind = name
	}
	return verdictOf(kind)
}

func verdictOf(kind string) (verdict, bool) {
	for _, k := range kinds {
		if kind != "" && strings.Contains(" "+k.names+" ", " "+kind+" ") {
			return k.verdict, true
		}
	}
	return verdict{}, false
}

func first(c *ast.CallExpr) ast.Expr {
	if len(c.Args) == 0 {
		return nil
	}
	return c.Args[0]
}

// textOf is which argument the text is; kratos' first one is a reason.
func textOf(pkg, name string) int {
	switch {
	case pkg == kratos && strings.HasPrefix(name, "New"):
		return 2
	case pkg == kratos || pkg == status || pkg == "net/http" || name == "newOauthResp":
		return 1
	}
	return 0
}

func takesFormat(pkg, name string) bool {
	return strings.HasSuffix(name, "f") || (pkg != kratos && strings.HasPrefix(name, "Error") && len(name) > len("Error"))
}

// around is what the nearest call proves that the text is handed to; else, what callers make of the function's errors.
func (r *reader) around(s *source, stack []ast.Node) verdict {
	for i := len(stack) - 2; i > 0; i-- {
		if _, ok := stack[i].(*ast.SelectorExpr); ok {
			continue
		}
		c, ok := stack[i].(*ast.CallExpr)
		if !ok {
			break
		}
		if v, ok := r.verdict(s, c); ok {
			return v
		}
	}
	if f := function(stack); f != nil && strings.HasPrefix(s.dir, "app/controlplane/") {
		if all := r.becomes[s.dir+"."+f.Name.Name]; len(all) > 0 {
			return all[0]
		}
	}
	return verdict{}
}

// logged is the text and the level of a line of a log: zerolog's, kratos' or hclog's.
func (r *reader) logged(s *source, c *ast.CallExpr, name string) (string, string) {
	level := strings.ToLower(strings.TrimRight(name, "fw"))
	switch {
	case len(c.Args) == 0:
		return "", ""
	case name == "Msg" || name == "Msgf":
		level, wraps := chain(c)
		t := r.text(s, c.Args[0])
		if name == "Msgf" {
			t = r.format(s, c.Args)
		}
		if wraps {
			t += " " + wrap
		}
		return t, level
	case !isLevel(level):
		return "", ""
	case strings.HasSuffix(name, "w"):
		t := ""
		for i := 0; i+1 < len(c.Args); i += 2 {
			switch key := r.text(s, c.Args[i]); {
			case key == "msg":
				t = r.text(s, c.Args[i+1])
			case key == "err" || key == "error":
				t += " " + wrap
			}
		}
		return t, level
	case strings.HasSuffix(name, "f"):
		return r.format(s, c.Args), level
	}
	t := r.text(s, c.Args[0])
	for _, arg := range c.Args[1:] {
		if isError(arg) {
			return t + " " + wrap, level
		}
	}
	return t, level
}

func isLevel(name string) bool {
	switch name {
	case "debug", "info", "warn", "error", "fatal":
		return true
	}
	return false
}

// chain finds the level of `logger.Debug().Err(err).Msg(…)`, and whether an error's text follows.
func chain(c *ast.CallExpr) (level string, wraps bool) {
	level = "debug"
	var e ast.Expr = c
	for {
		switch x := e.(type) {
		case *ast.CallExpr:
			f, ok := x.Fun.(*ast.SelectorExpr)
			if !ok {
				return level, wraps
			}
			if name := strings.ToLower(f.Sel.Name); isLevel(name) {
				return name, wraps
			}
			wraps = wraps || f.Sel.Name == "Err"
			e = f.X
		case *ast.Ident:
			if a, ok := decl(x).(*ast.AssignStmt); ok && len(a.Rhs) == 1 {
				e = a.Rhs[0]
				continue
			}
			return level, wraps
		default:
			return level, wraps
		}
	}
}

func decl(x *ast.Ident) any {
	if x.Obj == nil {
		return nil
	}
	return x.Obj.Decl
}

// text is what an expression says, with a gap for what only the running program knows.
func (r *reader) text(s *source, e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if t, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return t
		}
	case *ast.ParenExpr:
		return r.text(s, e.X)
	case *ast.BinaryExpr:
		return r.text(s, e.X) + r.text(s, e.Y)
	case *ast.Ident:
		if a, ok := decl(e).(*ast.AssignStmt); ok && len(a.Rhs) == 1 && len(a.Lhs) == 1 && !refers(a.Rhs[0], e.Name) {
			return r.text(s, a.Rhs[0])
		}
		if v, ok := decl(e).(*ast.ValueSpec); ok && len(v.Values) == 1 {
			return r.text(s, v.Values[0])
		}
		if c, ok := r.constants[s.dir+"."+e.Name]; ok {
			return r.text(s, c)
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			if c, ok := r.constants[folder(s.imports[x.Name])+"."+e.Sel.Name].(*ast.BasicLit); ok {
				return r.text(s, c)
			}
		}
	case *ast.CallExpr:
		switch name, pkg := callee(s, e); {
		case pkg == "fmt" && (name == "Sprintf" || name == "Errorf"):
			return r.format(s, e.Args)
		case pkg == "errors" && name == "New":
			return r.text(s, e.Args[0])
		}
	}
	if isError(e) {
		return wrap
	}
	return gap
}

func refers(e ast.Expr, name string) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		x, ok := n.(*ast.Ident)
		found = found || ok && x.Name == name
		return !found
	})
	return found
}

// format is what fmt makes of a format and its arguments.
func (r *reader) format(s *source, args []ast.Expr) string {
	next := 0
	return verb.ReplaceAllStringFunc(r.text(s, args[0]), func(v string) string {
		switch v[len(v)-1] {
		case '%':
			return "%"
		case 'w':
			next++
			return wrap
		}
		next++
		if next >= len(args) {
			return gap
		}
		if t := r.text(s, args[next]); t != "" {
			return t
		}
		return gap
	})
}

func asGap(verb string) string {
	if verb == "%w" {
		return wrap
	}
	return gap
}

// isError tells errors by their names, as they are never called otherwise.
func isError(e ast.Expr) bool {
	if c, ok := e.(*ast.CallExpr); ok {
		f, ok := c.Fun.(*ast.SelectorExpr)
		return ok && f.Sel.Name == "Error" && len(c.Args) == 0
	}
	name := errorName(e)
	return name == "e" || strings.HasPrefix(name, "err") || strings.HasSuffix(name, "Err")
}

// function is the declared function around the innermost node.
func function(stack []ast.Node) *ast.FuncDecl {
	for i := len(stack) - 1; i >= 0; i-- {
		if f, ok := stack[i].(*ast.FuncDecl); ok {
			return f
		}
	}
	return nil
}

// receiver is the name of a method's type.
func receiver(f *ast.FuncDecl) string {
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

var rule = regexp.MustCompile(`(?m)^\s*message: *"((?:[^"\\]|\\.)*)"`)

// readProto reads what the rules of a message say.
func (r *reader) readProto(name, path string) error {
	all, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	s := &source{path: path, dir: filepath.ToSlash(filepath.Dir(path))}
	for _, found := range rule.FindAllStringSubmatch(string(all), -1) {
		r.add(s, found[1], verdict{}, "", nil)
	}
	return nil
}
