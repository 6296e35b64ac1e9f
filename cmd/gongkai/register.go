package main

import "github.com/spf13/cobra"

// sitesFlag adds the flag that says where the registry is.
func sitesFlag(cmd *cobra.Command, folder *string) {
	cmd.Flags().StringVar(folder, "sites", "", "read site files from `folder`; without it from the folder sites of the data if there is one, else those that come with gongkai")
}
