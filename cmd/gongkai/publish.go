package main

import (
	"github.com/spf13/cobra"
)

// lossFlag is for every command that publishes.
func lossFlag(cmd *cobra.Command, a *app) {
	cmd.Flags().BoolVar(&a.allowLoss, "allow-loss", false, "publish even if documents that are published now are missing; they are kept in gongkai.duckdb.previous until the next run")
}
