module escapade.dev/corpus/fixes/drops

go 1.24
