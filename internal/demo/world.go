package demo

import (
	"os"
	"path/filepath"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/transport"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"
)

// Day is the day on which the demo takes place: all reports for 2025 are due.
var Day = time.Date(2026, 6, 15, 3, 0, 0, 0, crawler.Shanghai)

// Replicated says how to crawl a replica that listens at address.
func Replicated(world *replica.World, address string) (pipeline.Gathering, error) {
	sites, err := Declared(world)
	return pipeline.Gathering{
		Sites: sites, All: true, Now: func() time.Time { return Day },
		Network: transport.Config{Resolve: world.Resolve, Dial: replica.Dial(address)},
	}, err
}

// Declared reads the site files of a world. Its hosts are on loopback and need
// no long pauses.
func Declared(world *replica.World) ([]*crawler.Site, error) {
	var sites []*crawler.Site
	for _, d := range world.Declarations {
		s, err := crawler.Parse(d.Name, []byte(d.TOML))
		if err != nil {
			return nil, err
		}
		s.Delay = crawler.Duration(2 * time.Millisecond)
		sites = append(sites, s)
	}
	return sites, nil
}

// KeepSites writes the site files of a world into the data folder, for what is done
// with that later.
func KeepSites(f pipeline.Folder, w *replica.World) error {
	return keepFiles(f.SiteFiles(), w.Declarations)
}

// KeepRecords writes what people know of the agencies of a world.
func KeepRecords(f pipeline.Folder, w *replica.World) error {
	return keepFiles(f.Records(), w.Records)
}

func keepFiles(dir string, files []replica.Declaration) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), []byte(f.TOML), 0o644); err != nil {
			return err
		}
	}
	return nil
}
