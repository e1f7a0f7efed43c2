package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCommands(t *testing.T) {
	root := t.TempDir()
	for path, content := range map[string]string{
		"app/cli/cmd/attestation.go": "c := &cobra.Command{\n\tUse:     \"attestation\",\n\tAliases: []string{\"att\"},\n}",
		reference: `## chainloop attestation

-h, --help   help for attestation

--graceful-exit   exit 0 in case of error

Options inherited from parent commands

-n, --org string   organization name
-y, --yes          Skip confirmation

### chainloop attestation add

--annotation strings   additional annotation
--kind string          kind of the material
-f, --replace
-h, --help             help for add

Options inherited from parent commands

--graceful-exit    exit 0 in case of error
-y, --yes          Skip confirmation

### chainloop attestation help

-h, --help   help for help
`,
	} {
		file := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := commands(root, "v1")
	if err != nil {
		t.Fatal(err)
	}
	want := `# The commands of Chainloop v1: written by src/upstream/texts, which CONTRIBUTING explains.
= attestation att
*	-n/--org= -y/--yes
attestation	--graceful-exit
attestation add	--annotation= --graceful-exit --kind= -f/--replace
`
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
