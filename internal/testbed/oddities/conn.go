package oddities

import (
	"bytes"
	"context"
	"net"
	"sync"
)

// A pipe is a listener for connections inside the process.
type pipe struct {
	ends chan net.Conn
	done chan struct{}
	once *sync.Once
}

func newPipe() pipe { return pipe{make(chan net.Conn), make(chan struct{}), &sync.Once{}} }

func (p pipe) dial(ctx context.Context, wrap func(net.Conn) net.Conn) (net.Conn, error) {
	client, end := net.Pipe()
	server := wrap(end)
	select {
	case p.ends <- server:
		return client, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// Accept implements net.Listener.
func (p pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.ends:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p pipe) Close() error { p.once.Do(func() { close(p.done) }); return nil }

// Addr implements net.Listener.
func (p pipe) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 80} }

// A buffered connection takes what is written at once, as a network does: a TLS
// client that objects does so while the server is still writing.
type buffered struct {
	net.Conn
	mu     sync.Mutex
	closed bool
	queue  chan []byte
}

func newBuffered(c net.Conn) *buffered {
	b := &buffered{Conn: c, queue: make(chan []byte, 256)}
	go func() {
		defer c.Close()
		for part := range b.queue {
			if _, err := c.Write(part); err != nil {
				for range b.queue { // until the writer closes
				}
				return
			}
		}
	}()
	return b
}

// Write implements net.Conn. Who writes to a client that went away learns it
// from the reading side.
func (b *buffered) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, net.ErrClosed
	}
	b.queue <- bytes.Clone(p)
	return len(p), nil
}

// Close closes the connection when everything is written.
func (b *buffered) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		close(b.queue)
	}
	return nil
}
