package main

import (
	"context"

	"gongkai/extract"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

// lossFlag is for every command that publishes.
func lossFlag(cmd *cobra.Command, a *app) {
	cmd.Flags().BoolVar(&a.allowLoss, "allow-loss", false, "publish even if documents that are published now are missing; they are kept in gongkai.duckdb.previous until the next run")
}

// publication is a new warehouse for this data folder. Whoever publishes it
// holds the lock of the folder.
func (a *app) publication(fill func(*warehouse.DB) error) *warehouse.Publication {
	return &warehouse.Publication{
		Path:      a.database(),
		Options:   warehouse.Options{Forms: extract.Forms(), MemoryLimit: a.memory},
		Fill:      fill,
		AllowLoss: a.allowLoss,
		Disk:      a.disk,
	}
}

// change publishes a copy of the warehouse, or an empty one, after fill has
// changed it. proved, if not nil, is called when the copy is whole.
func (a *app) change(ctx context.Context, fill func(*warehouse.DB) error, proved func()) error {
	p := a.publication(fill)
	p.Proved = proved
	return p.Publish(ctx)
}
