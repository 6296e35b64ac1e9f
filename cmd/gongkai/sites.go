package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"gongkai/crawler"
	"gongkai/internal/console"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newSites(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sites",
		Short: "The registry of agency sites: list, coverage, lint, new, discover, check, enable",
		Long: `Sites are data: one TOML file each, with the lists to visit, the agencies that
publish there, and what a healthy visit yields.`,
		Example: examples("gongkai sites list --format csv"),
		Args:    commandOf,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSitesList(a), newSitesCoverage(a), newSitesLint(a), newSitesNew(a), newSitesDiscover(a), newSitesCheck(a), newSitesStatus(a), newSitesVerify(a), newSitesEnable(a), newSitesDisable(a))
	return cmd
}

func newSitesList(a *app) *cobra.Command {
	var l listing
	var folder string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the sites",
		Long:    "List the sites of the registry: of a folder of site files, else of the folder sites of the data, else those that come with gongkai. Those that no live run has confirmed are unverified.",
		Example: examples("gongkai sites list", "gongkai sites list --sites my-sites/ --format json"),
		Args:    exactly(),
		RunE: func(*cobra.Command, []string) error {
			sites, err := a.folder().Registry(folder)
			if err != nil {
				return err
			}
			columns := tabular.Columns("site", "name", "platform", "columns:integer", "agencies:integer", "verified:boolean", "url")
			return a.list(l, columns, "there are no sites", func(add func([]tabular.Value) error) error {
				for _, s := range sites {
					address := ""
					if len(s.Columns) > 0 {
						address = s.Columns[0].URL
					}
					row := tabular.Known(s.ID, s.Name, s.Platform, strconv.Itoa(len(s.Columns)), strconv.Itoa(len(s.Agencies)), strconv.FormatBool(!s.Unverified), address)
					row[6] = tabular.OrNull(address)
					if err := add(row); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	listingFlags(cmd, &l)
	sitesFlag(cmd, &folder)
	return cmd
}

func newSitesLint(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "lint [FOLDER]",
		Short:   "Check site files for faults",
		Long:    "Read the site files of a folder as strictly as a crawl does; without one those that a crawl would read. Each fault has its file, line and a hint. Exit code 4 if there is any.",
		Example: examples("gongkai sites lint", "gongkai sites lint my-sites/"),
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			folder := ""
			if len(args) > 0 {
				folder = args[0]
			}
			sites, err := a.folder().Registry(folder)
			var path *fs.PathError
			if errors.As(err, &path) || codeOf(err) == exitUsage {
				return err
			}
			if err != nil {
				fmt.Fprintln(a.stdout, err)
				return &exitError{code: exitFindings, err: errors.New("site files have faults")}
			}
			a.say.Info(fmt.Sprintf("%d site files, no faults", len(sites)))
			return nil
		},
	}
}

func newSitesNew(a *app) *cobra.Command {
	var folder string
	cmd := &cobra.Command{
		Use:     "new URL",
		Short:   "Begin a site file for the list page at URL",
		Long:    "Write a site file with all keys and their meaning, to be filled in, into the folder given by --sites (default: the current one).",
		Example: examples("gongkai sites new http://www.example.gov.cn/zfxxgk/zfxxgknb/ --sites my-sites"),
		Args:    exactly("URL"),
		RunE: func(_ *cobra.Command, args []string) error {
			name, content, err := crawler.NewTemplate(args[0])
			if err != nil {
				return &exitError{code: exitUsage, err: err, hint: "give the whole address, with http:// or https://"}
			}
			path := filepath.Join(folder, name)
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return err
			}
			_, err = f.Write(content)
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			a.say.Info("wrote "+path, console.HintKey, "fill in what says TODO, then gongkai sites lint "+folder)
			return nil
		},
	}
	cmd.Flags().StringVar(&folder, "sites", ".", "write into `folder`")
	return cmd
}
