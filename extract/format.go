package extract

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gongkai"

	"github.com/BurntSushi/toml"
)

//go:embed formats/*.toml
var formatFiles embed.FS

// Forms returns the forms this build knows, newest first. They are data:
// extract/formats/*.toml.
func Forms() []gongkai.Form { return slices.Clone(inUse().forms) }

var embedded = sync.OnceValue(func() *formSet {
	forms, err := ReadForms(formatFiles)
	if err != nil {
		panic(err) // the data is part of the build and tested with it
	}
	return newFormSet(forms)
})

// chosen is the set that UseForms has put in the place of the embedded one.
var chosen atomic.Pointer[formSet]

func inUse() *formSet {
	if s := chosen.Load(); s != nil {
		return s
	}
	return embedded()
}

// UseForms reads by the forms of fsys from now on, until restore is called: so a
// form can be tried before it is part of the build. No document may be read
// meanwhile.
func UseForms(fsys fs.FS) (restore func(), err error) {
	forms, err := ReadForms(fsys)
	if err != nil {
		return nil, err
	}
	before := chosen.Swap(newFormSet(forms))
	return func() { chosen.Store(before) }, nil
}

// ReadForms decodes every formats/*.toml of fsys, strictly: an unknown key, a
// repeated id or an identity over unknown rows is an error that names the file.
func ReadForms(fsys fs.FS) ([]gongkai.Form, error) {
	names, err := fs.Glob(fsys, "formats/*.toml")
	if err != nil {
		return nil, err
	}
	var forms []gongkai.Form
	for _, name := range names {
		var f gongkai.Form
		meta, err := toml.DecodeFS(fsys, name, &f)
		if err != nil {
			return nil, fmt.Errorf("read form %s: %w", name, err)
		}
		if unknown := meta.Undecoded(); len(unknown) > 0 {
			return nil, fmt.Errorf("read form %s: unknown key %s", name, unknown[0])
		}
		if f.ID+".toml" != path.Base(name) {
			return nil, fmt.Errorf("read form %s: id is %q", name, f.ID)
		}
		if err := checkForm(&f); err != nil {
			return nil, fmt.Errorf("read form %s: %w", name, err)
		}
		forms = append(forms, f)
	}
	slices.SortFunc(forms, func(a, b gongkai.Form) int {
		return cmp.Or(cmp.Compare(b.Since, a.Since), strings.Compare(b.ID, a.ID))
	})
	return forms, nil
}

func checkForm(f *gongkai.Form) error {
	for i := range f.Tables {
		t := &f.Tables[i]
		rows, columns := map[string]bool{}, map[string]bool{}
		for _, c := range t.Columns {
			if columns[c.ID] || c.ID == "" || c.Label == "" {
				return fmt.Errorf("table %s: column %q is repeated or empty", t.ID, c.ID)
			}
			columns[c.ID] = true
		}
		for j := range t.Rows {
			r := &t.Rows[j]
			if rows[r.ID] || r.ID == "" || r.Label == "" {
				return fmt.Errorf("table %s: row %q is repeated or empty", t.ID, r.ID)
			}
			rows[r.ID] = true
			for _, c := range r.Columns {
				if !columns[c] {
					return fmt.Errorf("table %s: row %s has unknown column %q", t.ID, r.ID, c)
				}
			}
		}
		for _, id := range t.Identities {
			terms := rows
			if id.Axis == "row" {
				terms = columns
			} else if id.Axis != "column" {
				return fmt.Errorf("table %s: identity %s: axis %q is neither row nor column", t.ID, id.ID, id.Axis)
			}
			for _, term := range slices.Concat(id.Left, id.Right) {
				if !terms[term] {
					return fmt.Errorf("table %s: identity %s: unknown %s %q", t.ID, id.ID, id.Axis, term)
				}
			}
		}
	}
	return nil
}
