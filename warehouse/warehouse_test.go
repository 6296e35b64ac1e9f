package warehouse_test

import (
	"testing"

	"gongkai/extract"
	"gongkai/warehouse"
)

func openMemory(t testing.TB) *warehouse.DB {
	t.Helper()
	db, err := warehouse.Open(t.Context(), ":memory:", warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
