package main

import (
	_ "embed"
	"go/ast"
	"strings"
	"unicode"
)

// A text is what Chainloop says in one place.
type text struct {
	pattern string // words, `*` for a value, `>` for the text of another error
	layer   string
	subject string
	file    string
	marks   string // "lookup", "general", "short", and a log line's level
}

const (
	lookup  = "lookup"
	general = "general" // said by any program; what follows it is of the same layer
	short   = "short"   // said by other programs, too, but in a line of the CLI's own this is what it means
)

//go:embed common.txt
var commonWords string

var common = set(commonWords)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, line := range strings.Split(words, "\n") {
		if !strings.HasPrefix(line, "#") {
			for _, word := range strings.Fields(line) {
				all[word] = true
			}
		}
	}
	return all
}

// add keeps a text, unless it is masked or says too little.
func (r *reader) add(s *source, said string, v verdict, level string, stack []ast.Node) {
	p := pattern(said)
	words := literal(p)
	if len(words) == 0 {
		return
	}
	wraps := strings.Contains(p, ">") && wrapsKinds.MatchString(s.path)
	if level == "" && v == (verdict{}) && masks.MatchString(s.path) && !wraps {
		r.left["masked by the server"]++
		return
	}
	if level != "" && isServer.MatchString(s.path) {
		r.left["only in the server's log"]++
		return
	}
	layers := r.layers(s, said, p, v, level, stack)
	var marks []string
	if v.lookup || ofLookup.MatchString(p) && !isLocal(s.path, layers) {
		marks = append(marks, lookup)
	}
	if level != "" {
		marks = append(marks, level)
	}
	brief := len(words) < 3 || len(words) < 4 && !own.MatchString(p) || allCommon(words)
	if brief {
		marks = append(marks, short)
	}
	var all []text
	for _, layer := range strings.Fields(layers) {
		all = append(all, text{p, layer, subjectOf(p, s.path), s.path, strings.Join(marks, " ")})
	}
	r.all = append(r.all, all...)
	if brief && saysTooLittle(p, layers) {
		r.left["too short"]++
		return
	}
	r.texts = append(r.texts, all...)
}

// saysTooLittle says whether a short text is said by too many, or would prove too much: that a token was accepted or
// refused.
func saysTooLittle(p, layers string) bool {
	words := literal(p)
	proves := strings.Contains(layers, authentication) || strings.Contains(layers, authorization) ||
		strings.Contains(layers, controlPlane) || strings.Contains(layers, storage) || layers == progress
	vague := len(words) < 3 && allCommon(words) && !strings.Contains(p, ">")
	return len(words) < 2 || proves || vague || strings.HasPrefix(p, "*")
}

// isLocal says whether what is missing is missing on this machine, or in a file.
func isLocal(path, layers string) bool {
	return layers == progress || layers == commandLine || layers == cliFiles || layers == authentication ||
		looksElsewhere.MatchString(path)
}

// layers says in which layers a text is: by the call, by its words, then by the file's path.
func (r *reader) layers(s *source, said, p string, v verdict, level string, stack []ast.Node) string {
	switch {
	case layersOf(s.path) == cli && ofOIDC.MatchString(p) && strings.Contains(p, ">"):
		return authentication
	case level == "debug" || level == "info" || level == "warn":
		return progress
	case v.layer == "" && r.isCommandLine(s, said, p, stack):
		return commandLine
	}
	layers := v.layer
	if layers == "" || isCAS.MatchString(s.path) {
		layers = layersOf(s.path)
	}
	speaks := ofToken.MatchString(p) || ofRights.MatchString(p)
	switch {
	case (layers == request || layers == controlPlane) && level == "" && speaks:
		return authorization
	case layers == cli && ofToken.MatchString(p):
		return authentication
	}
	return layers
}

// pattern makes the first line of a text that has words into words of lower case and gaps.
func pattern(said string) string {
	for _, line := range strings.Split(said, "\n") {
		line = strings.TrimPrefix(strings.TrimPrefix(line, wrap+": "), gap+": ") // A message may begin there.
		var words []string
		for _, word := range strings.FieldsFunc(strings.ToLower(line), isBetween) {
			switch {
			case strings.Contains(word, wrap):
				word = ">"
			case strings.Contains(word, gap):
				word = "*"
			}
			if last := len(words) - 1; last >= 0 && words[last] == word && len(word) == 1 && strings.Contains("*>", word) {
				continue
			}
			words = append(words, word)
		}
		if p := strings.Join(words, " "); len(literal(p)) > 0 {
			return p
		}
	}
	return ""
}

// isBetween says whether a character is between words.
func isBetween(c rune) bool {
	return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != rune(gap[0]) && c != rune(wrap[0])
}

// literal is the words of a pattern without its gaps.
func literal(pattern string) []string {
	var words []string
	for _, word := range strings.Fields(pattern) {
		if word != "*" && word != ">" {
			words = append(words, word)
		}
	}
	return words
}

// allCommon says whether any program could have said these words.
func allCommon(words []string) bool {
	for _, word := range words {
		if !common[word] {
			return false
		}
	}
	return true
}

// layersOf is the layers of a file.
func layersOf(path string) string {
	for _, place := range places {
		if strings.HasPrefix(path, place.path) {
			return place.layers
		}
	}
	return cli
}

// subjectOf is the subject that a text names first, or else its file's path.
func subjectOf(pattern, path string) string {
	if isOfCAS.MatchString(pattern) {
		return "the CAS backend"
	}
	best, at := "", len(pattern)
	if isOfOne.MatchString(path) {
		at = 0
	}
	for _, s := range subjects {
		if found := s.words.FindStringIndex(pattern); found != nil && found[0] < at {
			best, at = s.name, found[0]
		}
	}
	if best != "" {
		return best
	}
	for _, s := range subjects {
		if s.path.MatchString(path) {
			return s.name
		}
	}
	return "the command"
}

// isCommandLine says whether the CLI checks its arguments and flags there: in Args, in PreRunE and what these call, in
// RunE before it does anything, or by naming a flag.
func (r *reader) isCommandLine(s *source, said, p string, stack []ast.Node) bool {
	if !strings.HasPrefix(s.path, "app/cli/cmd/") {
		return false
	}
	f := function(stack)
	if f == nil || strings.HasPrefix(p, ">") {
		return false
	}
	if ofFlag.MatchString(said) || r.flagCode[s.dir+"."+f.Name.Name] && !strings.Contains(p, ">") {
		return true
	}
	for _, n := range stack {
		pair, ok := n.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if isFlagCheck(pair) {
			return true
		}
		if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "RunE" && !strings.Contains(p, ">") {
			return !actsBefore(pair, stack[len(stack)-1])
		}
	}
	return false
}

// actsBefore says whether an action is used in a function before a node.
func actsBefore(f, n ast.Node) bool {
	acts := false
	ast.Inspect(f, func(other ast.Node) bool {
		if x, ok := other.(*ast.SelectorExpr); ok && x.Pos() < n.Pos() {
			name, ok := x.X.(*ast.Ident)
			acts = acts || ok && name.Name == "action"
		}
		return true
	})
	return acts
}
