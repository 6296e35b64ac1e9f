package main

import (
	"gongkai/internal/pipeline"

	"github.com/spf13/cobra"
)

// readFlags add the flags that say how documents are read into the warehouse.
func readFlags(cmd *cobra.Command, o *pipeline.Reading) {
	cmd.Flags().BoolVar(&o.OCR, "ocr", false, "recognise scanned pages (needs tesseract with chi_sim)")
	jobsFlag(cmd, &o.Jobs)
	cmd.Flags().IntVar(&o.Batch, "batch", pipeline.BatchItems, "load `n` documents in one transaction")
}

// checkReading refuses numbers that make no sense.
func checkReading(o pipeline.Reading) error {
	if o.Jobs < 1 {
		return usage("--jobs %d: at least 1", o.Jobs)
	}
	if o.Batch < 1 {
		return usage("--batch %d: at least 1", o.Batch)
	}
	return nil
}
