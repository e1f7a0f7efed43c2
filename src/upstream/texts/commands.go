package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// The CLI's own code writes this page from its commands.
const reference = "app/cli/documentation/cli-reference.mdx"

var (
	heading  = regexp.MustCompile(`^#+ chainloop (.+)`)
	option   = regexp.MustCompile(`^(?:(-\w), )?(--[\w-]+)( \S+)?(?:  |$)`)
	use      = regexp.MustCompile(`\bUse:\s+"([\w-]+)`)
	aliases  = regexp.MustCompile(`\bAliases:\s+\[\]string\{([^}]*)\}`)
	inQuotes = regexp.MustCompile(`"([\w-]+)"`)
)

// commands makes the resource: a line for each command with its options, `=` behind those that take a value. The line `*` has
// what all inherit, and a line that begins with `=` has a name and its aliases.
func commands(checkout, version string) ([]byte, error) {
	page, err := os.ReadFile(filepath.Join(checkout, reference))
	if err != nil {
		return nil, err
	}
	names, err := namesAndAliases(filepath.Join(checkout, "app/cli/cmd"))
	if err != nil {
		return nil, err
	}
	own, inherited := map[string]map[string]bool{}, map[string]map[string]bool{}
	name, of := "", own
	for _, line := range strings.Split(string(page), "\n") {
		if found := heading.FindStringSubmatch(line); found != nil {
			name, of = found[1], own
			own[name], inherited[name] = map[string]bool{}, map[string]bool{}
		} else if strings.HasPrefix(line, "Options inherited") {
			of = inherited
		} else if found := option.FindStringSubmatch(line); found != nil && name != "" {
			of[name][entry(found[1], found[2], found[3])] = true
		}
	}
	lines := append(names, lines(merge(own, inherited))...)
	head := fmt.Sprintf("# The commands of Chainloop %s: written by src/upstream/texts, which CONTRIBUTING explains.\n", version)
	return []byte(head + strings.Join(lines, "\n") + "\n"), nil
}

// merge adds to each command's options those of the commands above it; what the first level inherits is everybody's.
func merge(own, inherited map[string]map[string]bool) map[string]map[string]bool {
	everybodys := map[string]bool{}
	for name, options := range inherited {
		for option := range options {
			if !strings.Contains(name, " ") {
				everybodys[option] = true
			}
		}
	}
	for name, options := range inherited {
		for option := range options {
			if !everybodys[option] {
				own[name][option] = true
			}
		}
	}
	own["*"] = everybodys
	return own
}

func entry(letter, name, value string) string {
	if letter != "" {
		name = letter + "/" + name
	}
	if value != "" {
		name += "="
	}
	return name
}

// lines has the commands in order, without what cobra adds to each of them.
func lines(options map[string]map[string]bool) []string {
	var all []string
	for name, of := range options {
		if strings.HasSuffix(name, " help") {
			continue
		}
		var own []string
		for one := range of {
			if one != "-h/--help" && one != "--help" {
				own = append(own, one)
			}
		}
		sort.Strings(own)
		all = append(all, name+"\t"+strings.Join(own, " "))
	}
	sort.Strings(all)
	return all
}

// namesAndAliases reads the commands' code, where a command's name stands before its aliases.
func namesAndAliases(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, found := range aliases.FindAllSubmatchIndex(code, -1) {
			before := use.FindAllSubmatch(code[:found[0]], -1)
			if before == nil {
				return nil, fmt.Errorf("%s: aliases without a name", file)
			}
			for _, alias := range inQuotes.FindAllSubmatch(code[found[2]:found[3]], -1) {
				known["= "+string(before[len(before)-1][1])+" "+string(alias[1])] = true
			}
		}
	}
	var all []string
	for line := range known {
		all = append(all, line)
	}
	sort.Strings(all)
	return all, nil
}
