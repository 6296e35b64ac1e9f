package main

import (
	"strings"

	"gongkai/internal/config"

	"github.com/spf13/cobra"
)

// newRoot returns the command tree.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "gongkai",
		Short: "Annual reports on disclosure of government information, cell by cell",
		Long: `gongkai (公开) reads the annual reports that government agencies publish about
disclosure of government information (政府信息公开工作年度报告) into one DuckDB
file. Every cell is right, or it is flagged.

Data goes to standard output, messages to standard error.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done in part, 4 data checks
failed, 5 another run holds the data, 6 stored data is damaged, 130 interrupted, 143 terminated.`,
		Example: examples(
			"gongkai ingest reports/            # read a folder of reports into ./data",
			"gongkai check --format csv         # which figures break which rule, and where",
			"gongkai extract report.html        # the cells of one document as CSV",
		),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.configure(cmd); err != nil {
				return err
			}
			return a.start()
		},
		Args: commandOf,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate(helpTemplate)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &exitError{code: exitUsage, err: err, hint: "see " + cmd.CommandPath() + " --help"}
	})
	root.CompletionOptions.HiddenDefaultCmd = false

	flags := root.PersistentFlags()
	flags.StringVar(&a.data, "data", "data", "the data `folder`; $"+config.Data+" names another")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say warnings and errors only")
	flags.CountVarP(&a.verbose, "verbose", "v", "say more, such as every oddity met in a document")
	flags.StringVar(&a.logFormat, "log-format", "text", "messages as `text|json`")
	flags.StringVar(&a.memory, "memory", "", "let the database use `size` of memory, such as 8GB (default 640MB to write, 2GB to read)")
	flags.StringVar(&a.color, "color", "auto", "colour messages: `auto|always|never`")

	root.AddCommand(
		newExtract(a), newIngest(a), newBuild(a),
		newCheck(a), newQuery(a), newTrend(a), newRank(a), newReview(a), newAgency(a), newDiff(a), newExport(a), newDigest(a),
		newArchive(a), newDoctor(a), newVersion(a), newWorker(a), newQueryWorker(a), newReadWorker(a), newDemo(a),
		newServe(a), newCrawl(a), newSites(a), newRecords(a), newNightly(a), newSchedule(a), newRuns(a), newConfig(a),
	)
	return root
}

// commandOf refuses what is no command of cmd.
func commandOf(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("unknown command %q%s", args[0], suggestion(args[0], names(cmd)))
	}
	return nil
}

// names lists the commands under cmd that people may run.
func names(cmd *cobra.Command) []string {
	var out []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			out = append(out, c.Name())
		}
	}
	return out
}

// examples lays out runnable examples, one a line.
func examples(lines ...string) string {
	return "  " + strings.Join(lines, "\n  ")
}

// exactly demands n arguments, named for the message.
func exactly(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		if len(names) == 0 {
			return usage("%s takes no arguments, got %q", cmd.CommandPath(), args)
		}
		return usage("%s takes %s, got %d arguments", cmd.CommandPath(), strings.Join(names, " and "), len(args))
	}
}

// some demands at least one argument.
func some(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("%s needs at least one %s", cmd.CommandPath(), name)
		}
		return nil
	}
}

// Help starts with examples: they are what people look for.
const helpTemplate = `{{if .HasExample}}Examples:
{{.Example}}

{{end}}{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}`

const usageTemplate = `Usage:{{if and .Runnable (not .HasSubCommands)}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]

Commands:{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

Use "{{.CommandPath}} [command] --help" for more about a command.{{end}}
`
