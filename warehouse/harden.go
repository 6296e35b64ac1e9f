package warehouse

import (
	"context"
	"fmt"
)

// hardening is run, in this order, before any text of a user is: queries may
// read this file and nothing else, and cannot undo it.
var hardening = []string{
	"SET max_temp_directory_size = '4GB'",
	"SET autoinstall_known_extensions = false",
	"SET autoload_known_extensions = false",
	"SET allow_community_extensions = false",
	"SET allow_persistent_secrets = false",
	"SET enable_external_access = false",
	"SET lock_configuration = true",
}

func (w *DB) harden(ctx context.Context) error {
	for _, s := range hardening {
		if _, err := w.db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("harden: %w", err)
		}
	}
	return nil
}
