package pipeline

import (
	"fmt"

	"gongkai"
)

// The codes of errors of a run.
const (
	NoArchive      gongkai.Code = "no_archive"      // there is nothing to build from
	NoSites        gongkai.Code = "no_sites"        // a folder has no site file
	UnknownSite    gongkai.Code = "unknown_site"    // a site was named that is not in the registry
	NotEnabled     gongkai.Code = "not_enabled"     // no site was named, and none is enabled
	BadDelivery    gongkai.Code = "bad_delivery"    // an address or file that nobody can be told at
	BadRecords     gongkai.Code = "bad_records"     // what people wrote down has faults
	DamagedArchive gongkai.Code = "damaged_archive" // the run is done as far as the archive is whole
	Undelivered    gongkai.Code = "undelivered"     // the run is done, but not everyone was told
)

// An Error is an error of a run with a code, for callers that have to tell errors
// apart.
type Error struct {
	Code gongkai.Code
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// damagedArchive is the error for damage that is left; nil if there is none.
func damagedArchive(damage []error) error {
	switch len(damage) {
	case 0:
		return nil
	case 1:
		return &Error{Code: DamagedArchive, Err: damage[0]}
	}
	return &Error{Code: DamagedArchive, Err: fmt.Errorf("%w, and %d more places", damage[0], len(damage)-1)}
}
