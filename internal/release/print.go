package release

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gongkai/internal/tabular"
)

// printTime bounds the printing of a report.
const printTime = 3 * time.Minute

// browsers are the programs that can print, by preference.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// Browser returns the path of a browser that can print; empty if there is none.
func Browser() string {
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// browserFlags keep a browser without window, profile, extensions or network.
var browserFlags = []string{
	"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
	"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad",
	"--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--no-pdf-header-footer",
}

// Print prints a page of HTML on paper as its style sheet says.
func Print(ctx context.Context, html []byte) (pdf []byte, err error) {
	browser := Browser()
	if browser == "" {
		return nil, trouble(NoPrint, "print the report: no Chromium or Chrome is installed")
	}
	dir, err := os.MkdirTemp("", "gongkai-print-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	page, out := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	if err := os.WriteFile(page, html, 0o600); err != nil {
		return nil, err
	}
	args := append([]string{"--user-data-dir=" + filepath.Join(dir, "profile"), "--print-to-pdf=" + out}, browserFlags...)
	if os.Geteuid() == 0 { // its sandbox refuses to work for root; the page has no scripts
		args = append(args, "--no-sandbox")
	}
	ctx, cancel := context.WithTimeout(ctx, printTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, append(args, (&url.URL{Scheme: "file", Path: page}).String())...)
	cmd.WaitDelay = 5 * time.Second
	said, err := cmd.CombinedOutput()
	if err == nil {
		pdf, err = os.ReadFile(out)
	}
	switch {
	case ctx.Err() != nil:
		return nil, trouble(NoPrint, "print the report with %s: %w", browser, ctx.Err())
	case err != nil:
		lines := strings.Split(strings.TrimSpace(string(said)), "\n")
		return nil, trouble(NoPrint, "print the report with %s: %w: %s", browser, err, tabular.OneLine(lines[len(lines)-1]))
	}
	return pdf, nil
}
