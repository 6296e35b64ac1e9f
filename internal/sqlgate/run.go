package sqlgate

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongkai/internal/child"
)

// Run asks a query in a child process: this program started with the
// arguments worker, which must call Serve. It returns when the columns of the
// answer are known. Its errors are an *Error or that of ctx.
func Run(ctx context.Context, worker []string, req Request) (*Rows, error) {
	r := &Rows{ctx: ctx, limits: req.Limits}
	if err := r.start(worker, req); err != nil {
		return nil, err
	}
	kind, payload, err := readFrame(r.in, &r.buffer)
	switch {
	case err != nil:
		err = r.died(err)
	case kind == errorFrame:
		err = r.told(payload)
	case kind == columnsFrame:
		err = json.Unmarshal(payload, &r.Columns)
	default:
		err = refuse(Failed, fmt.Sprintf("the query's process sent %q", kind))
	}
	if err != nil {
		_ = r.Close() // the error at hand counts
		return nil, err
	}
	r.values = make([]Value, len(r.Columns))
	return r, nil
}

// start starts the child in a folder of its own and tells it what is asked.
func (r *Rows) start(worker []string, req Request) (err error) {
	if req.Warehouse, err = filepath.Abs(req.Warehouse); err != nil {
		return err
	}
	for i := range req.Files {
		if req.Files[i].Path, err = filepath.Abs(req.Files[i].Path); err != nil {
			return err
		}
	}
	if r.dir, err = os.MkdirTemp("", "gongkai-query-"); err != nil {
		return err
	}
	if r.process, err = child.Start(worker, r.dir); err != nil {
		return errors.Join(err, os.RemoveAll(r.dir))
	}
	r.in = bufio.NewReaderSize(r.process.Out, 64<<10)
	r.limited, r.cancel = r.ctx, func() {}
	if req.Limits.Time > 0 {
		r.limited, r.cancel = context.WithTimeout(r.ctx, req.Limits.Time)
	}
	stop, cancel := context.AfterFunc(r.limited, r.process.Kill), r.cancel
	r.cancel = func() { stop(); cancel() }
	if err := json.NewEncoder(r.process.In).Encode(req); err != nil {
		err = r.died(err)
		_ = r.Close() // the error at hand counts
		return err
	}
	return nil
}
