// Writes what Chainloop says, and in which layer, and which commands it has, for `explain`. CONTRIBUTING says when to run it.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"regexp"
	"sort"
	"strings"
)

const (
	resource = "../../main/resources/dev/chainloop/token/explain/upstream.txt"
	tree     = "../../main/resources/dev/chainloop/token/advice/commands.txt"
	java     = "../../main/java/dev/chainloop/token/explain/KnownMessage.java"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run . CHECKOUT VERSION\nin this folder: writes what the checkout of Chainloop says," +
			" and tells what has changed")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(checkout, version string) error {
	r, err := readAll(checkout)
	if err != nil {
		return err
	}
	before, err := os.ReadFile(resource)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	rows, err := os.ReadFile(java)
	if err != nil {
		return err
	}
	now := write(version, r.texts)
	if err := os.WriteFile(resource, now, 0o644); err != nil {
		return err
	}
	written, err := commands(checkout, version)
	if err != nil {
		return err
	}
	if err := os.WriteFile(tree, written, 0o644); err != nil {
		return err
	}
	report(parse(before), parse(now))
	count(r, now)
	fmt.Println("\nSaid about who sent the token, or what they may do, and in no row of KnownMessage:")
	for _, line := range unknown(r.all, knownTexts(rows)) {
		fmt.Println(line)
	}
	return nil
}

// write makes the resource: under each layer and subject the files, and under each file its texts.
func write(version string, texts []text) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What Chainloop %s says: written by src/upstream/texts, which CONTRIBUTING explains.\n", version)
	last := text{}
	for _, t := range merged(texts) {
		if t.layer != last.layer || t.subject != last.subject {
			fmt.Fprintf(&b, "= %s\t%s\n", t.layer, t.subject)
			last = text{}
		}
		if t.file != last.file {
			fmt.Fprintf(&b, "@ %s\n", t.file)
		}
		b.WriteString(t.pattern)
		if t.marks != "" {
			b.WriteString("\t" + t.marks)
		}
		b.WriteString("\n")
		last = t
	}
	return b.Bytes()
}

// merged has each text of a file once, in order; of different marks only those of a lookup and of its length stay.
func merged(texts []text) []text {
	key := func(t text) string { return strings.Join([]string{t.layer, t.subject, t.file, t.pattern}, "\t") }
	sort.SliceStable(texts, func(i, j int) bool { return key(texts[i]) < key(texts[j]) })
	var all []text
	for _, t := range texts {
		last := len(all) - 1
		if last < 0 || key(t) != key(all[last]) {
			all = append(all, t)
		} else if marks := all[last].marks; marks != t.marks {
			var both []string
			for _, mark := range []string{lookup, general, short} {
				if strings.Contains(marks+t.marks, mark) {
					both = append(both, mark)
				}
			}
			all[last].marks = strings.Join(both, " ")
		}
	}
	return all
}

// parse reads the resource again.
func parse(written []byte) []text {
	var all []text
	t := text{}
	for _, line := range strings.Split(string(written), "\n") {
		switch before, after, _ := strings.Cut(line, "\t"); {
		case line == "" || line[0] == '#':
		case line[0] == '=':
			t.layer, t.subject = before[2:], after
		case line[0] == '@':
			t.file = line[2:]
		default:
			t.pattern, t.marks = before, after
			all = append(all, t)
		}
	}
	return all
}

// report says what is new, gone, or moved.
func report(before, now []text) {
	was, is := placesOf(before), placesOf(now)
	for _, p := range sorted(is) {
		switch old, ok := was[p]; {
		case !ok:
			fmt.Printf("new    %s  (%s)\n", p, is[p])
		case old != is[p]:
			fmt.Printf("moved  %s  (%s; was %s)\n", p, is[p], old)
		}
	}
	for _, p := range sorted(was) {
		if is[p] == "" {
			fmt.Printf("gone   %s  (%s)\n", p, was[p])
		}
	}
}

// placesOf has the layers and subjects of each pattern.
func placesOf(texts []text) map[string]string {
	all := map[string]string{}
	for _, t := range texts {
		if place := t.layer + ": " + t.subject; !strings.Contains(all[t.pattern], place) {
			all[t.pattern] = strings.TrimPrefix(all[t.pattern]+", "+place, ", ")
		}
	}
	return all
}

func sorted(m map[string]string) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func count(r *reader, now []byte) {
	layers := map[string]int{}
	for _, t := range parse(now) {
		layers[t.layer]++
	}
	fmt.Printf("\n%d texts in %d bytes: %v; left out: %v\n", len(placesOf(parse(now))), len(now), layers, r.left)
}

var (
	rowTexts = regexp.MustCompile(`(?s)\.texts\((.*?)\)\)`)
	quoted   = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
)

// knownTexts is the texts of the rows of KnownMessage, as patterns.
func knownTexts(java []byte) []string {
	var known []string
	for _, row := range rowTexts.FindAllSubmatch(java, -1) {
		for _, t := range quoted.FindAllSubmatch(row[1], -1) {
			known = append(known, pattern(strings.ReplaceAll(string(t[1]), `\"`, `"`)))
		}
	}
	return known
}

// unknown is what is said about who sent the token, or what they may do, and holds no text of a row.
func unknown(all []text, known []string) []string {
	found := map[string]string{}
	for _, t := range all {
		words := literal(t.pattern)
		about := t.layer == authentication || t.layer == authorization
		if about && len(words) > 1 && !allCommon(words) && !holdsAny(t.pattern, known) {
			found[t.pattern] = fmt.Sprintf("%s  (%s, %s)", t.pattern, t.layer, t.file)
		}
	}
	var lines []string
	for _, p := range sorted(found) {
		lines = append(lines, found[p])
	}
	return lines
}

func holdsAny(pattern string, known []string) bool {
	for _, k := range known {
		if strings.Contains(" "+pattern+" ", " "+k+" ") {
			return true
		}
	}
	return false
}
