module texts

go 1.21
