package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each row is a function's body in a file of a checkout, and what the resource has of it.
func TestTexts(t *testing.T) {
	service, biz, cmd := "app/controlplane/internal/service/x.go", "app/controlplane/pkg/biz/x.go", "app/cli/cmd/x.go"
	for _, row := range []struct{ path, code, want string }{
		{service, `errors.BadRequest("invalid", "one contract must be named")`, "request|one contract must be named"},
		{service, `errors.Forbidden("forbidden", fmt.Errorf("contract %q is not yours", x).Error())`,
			"authorization|contract * is not yours"},
		{service, `errors.NotFound("not found", "the wanted contract is gone")`,
			"control-plane|the wanted contract is gone|lookup"},
		{service, `status.Error(codes.Unauthenticated, "who of all people calls")`,
			"authentication|who of all people calls"},
		{biz, `NewErrNotFound("workflow contract")`, "control-plane|workflow contract not found|lookup"},
		{biz, `NewErrNotFound("project")`, ""},
		{biz, `NewErrValidation(fmt.Errorf("contract %s: %w", x, err))`, ""},
		{biz, `NewErrValidation(fmt.Errorf("bad contract of %s: %w", x, err))`, "request|bad contract of * >"},
		{biz, `NewErrValidationStr("requester has no permission here")`,
			"authorization|requester has no permission here"},
		{biz, `fmt.Errorf("the contract is masked")`, ""},
		{biz, `fmt.Errorf("reading the contract: %w", err)`, "control-plane|reading the contract >"},
		{biz, `func() { err := check(); NewErrValidation(err) }; fmt.Errorf("contracts have " + "a "+name)`,
			"request|contracts have a schema name"},
		{biz, `deny("only owners manage contracts")`, "authorization|only owners manage contracts"},
		{cmd, `errs = append(errs, fmt.Sprintf("workflows lack something: %s", x))`, "cli|workflows lack something *"},
		{cmd, `&cobra.Command{PreRunE: func() { errors.New("pick one of both workflows") }}`,
			"command-line|pick one of both workflows"},
		{cmd, `fmt.Errorf("%w. Workflows are skipped elsewhere", err)`, "cli|> workflows are skipped elsewhere"},
		{cmd, `fmt.Errorf("failed to read the file: %w", err)`, "cli|failed to read the file >|short"},
		{cmd, `logger.Info().Msg("reading the file")`, ""},
		{cmd, `logger.Warn().Err(err).Msg("no workflow was found")`, "progress|no workflow was found >|warn"},
		{cmd, `fmt.Errorf("can't use this token with workflows")`, "authentication|can t use this token with workflows"},
	} {
		root := t.TempDir()
		errors := "errors"
		if row.path == service {
			errors = kratos
		}
		create := func(path, text string) {
			file := filepath.Join(root, path)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for _, top := range []string{"app", "internal", "pkg"} {
			create(top+"/x_test.go", "")
		}
		create(row.path, "package x\nimport (\n\"fmt\"\n\""+errors+"\"\n\""+status+"\"\n)\n"+
			"const name = \"schema name\"\nfunc deny(message string) { NewErrUnauthorizedStr(message) }\nfunc check() {\n"+row.code+"\n}\n")
		r, err := readAll(root)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, one := range parse(write("v1.2.3", r.texts)) {
			if one.file == row.path {
				lines = append(lines, strings.TrimSuffix(one.layer+"|"+one.pattern+"|"+one.marks, "|"))
			}
		}
		if got := strings.Join(lines, "\n"); got != row.want {
			t.Errorf("%s\n  gives %q\n  not   %q", row.code, got, row.want)
		}
	}
}

func TestWhatIsLookedUpIsKept(t *testing.T) {
	root := t.TempDir()
	for _, top := range []string{"app", "internal", "pkg"} {
		if err := os.Mkdir(filepath.Join(root, top), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	r, err := readAll(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"project not found", "project * not found", "workflow * not found"} {
		found := false
		for _, one := range r.texts {
			found = found || one.pattern == pattern && one.layer == controlPlane && one.marks == "lookup short"
		}
		if !found {
			t.Errorf("%q is not kept", pattern)
		}
	}
}

func TestResourceIsReadAsWritten(t *testing.T) {
	texts := []text{
		{"b", cli, "contracts", "app/a.go", "short error"},
		{"b", cli, "contracts", "app/a.go", "lookup"},
		{"a *", cli, "contracts", "app/b.go", ""},
		{"a *", storage, "contracts", "app/b.go", ""},
	}
	written := write("v1.2.3", texts)
	if got := parse(written); len(got) != 3 || got[0].marks != "lookup short" {
		t.Errorf("%v", got)
	}
	if again := write("v1.2.3", parse(written)); string(again) != string(written) {
		t.Errorf("%s\n  became\n%s", written, again)
	}
}

func TestWhatNoRowKnows(t *testing.T) {
	known := knownTexts([]byte(`.texts("API token revoked", "issuer not found")),`))
	all := []text{
		{"api token revoked", authentication, "", "a.go", ""},
		{"api token paused", authentication, "", "a.go", ""},
		{"api token paused", storage, "", "a.go", ""},
	}
	if got := strings.Join(unknown(all, known), "\n"); got != "api token paused  (authentication, a.go)" {
		t.Error(got)
	}
}
