package main

import (
	"os"

	"gongkai/internal/config"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// configure reads the settings of the data folder and gives them to the flags
// of a command that are not on its command line.
func (a *app) configure(cmd *cobra.Command) (err error) {
	if cmd.Hidden {
		return nil // started by another gongkai, which has settings of its own
	}
	flags := cmd.Flags()
	if folder := os.Getenv(config.Data); folder != "" && !flags.Changed("data") {
		a.data = folder
	}
	if a.config, err = config.Read(a.data, os.LookupEnv); err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	for _, s := range config.Settings() {
		v, set := a.config.Get(s.Name)
		f := settingFlag(flags, &s)
		if !set || f == nil || f.Changed {
			continue
		}
		if err := f.Value.Set(v.Text); err != nil {
			return usage("%s: %s: %v", v.Origin, s.Name, err)
		}
	}
	return nil
}

func settingFlag(flags *pflag.FlagSet, s *config.Setting) *pflag.Flag {
	if s.Flag() == "" {
		return nil
	}
	return flags.Lookup(s.Flag())
}

func newConfig(a *app) *cobra.Command {
	var l listing
	var origin bool
	cmd := &cobra.Command{
		Use:   "config",
		Short: "List the settings: what is set, and where",
		Long: `List what can be set once for a data folder, in the file gongkai.toml in it or in
the environment, instead of with each command. The command line counts before the
environment, and that before the file. $GONGKAI_DATA names the data folder.

  contact = "mail@example.org"   # $GONGKAI_CONTACT, --contact
  until   = "06:30"
  [issuer]
  name    = "示例研究所"`,
		Example: examples("gongkai config", "gongkai config --origin"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listConfig(cmd.Flags(), l, origin) },
	}
	listingFlags(cmd, &l)
	cmd.Flags().BoolVar(&origin, "origin", false, "say where each is set: file and line, variable, or flag")
	return cmd
}

func (a *app) listConfig(flags *pflag.FlagSet, l listing, origin bool) error {
	columns := tabular.Columns("setting", "value", "meaning", "variable")
	if origin {
		columns = append(columns[:2:2], append(tabular.Columns("origin"), columns[2:]...)...)
	}
	return a.list(l, columns, "", func(add func([]tabular.Value) error) error {
		write := func(name, value, from, meaning, variable string) error {
			row := []tabular.Value{tabular.Known(name)[0], tabular.OrNull(value)}
			if origin {
				row = append(row, tabular.OrNull(from))
			}
			return add(append(row, tabular.Known(meaning, variable)...))
		}
		from := "default"
		if flags.Changed("data") {
			from = "--data"
		} else if os.Getenv(config.Data) != "" {
			from = config.Data
		}
		if err := write("data", a.data, from, "the data folder", config.Data); err != nil {
			return err
		}
		for _, s := range config.Settings() {
			v, _ := a.config.Get(s.Name)
			if f := settingFlag(flags, &s); f != nil && f.Changed {
				v = config.Value{Text: f.Value.String(), Origin: "--" + f.Name}
			}
			if err := write(s.Name, v.Text, v.Origin, s.Meaning, s.Variable()); err != nil {
				return err
			}
		}
		return nil
	})
}
