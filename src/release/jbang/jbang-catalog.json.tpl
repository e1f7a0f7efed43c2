{
  "aliases": {
    "{{jbangAliasName}}": {
      "script-ref": "{{repoUrl}}/releases/download/{{tagName}}/{{projectName}}-{{projectVersion}}.jar",
      "description": "{{projectDescription}}"
    }
  }
}
