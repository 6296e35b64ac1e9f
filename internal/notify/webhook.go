package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// SignatureHeader carries "t=UNIX,v1=HEX": the time of sending and the
// HMAC-SHA256, by the shared secret, of that time, a dot and the body.
const SignatureHeader = "X-Gongkai-Signature"

// webhookTries is how often a bulletin is sent before it is given up.
const webhookTries = 4

// Post sends a bulletin, several times if it must. Every try has the
// same Idempotency-Key, so that a receiver can tell.
func Post(ctx context.Context, address, secret string, b *Bulletin) error {
	body, err := json.Marshal(b.Changes())
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	client := &http.Client{Timeout: 20 * time.Second}
	_, err = backoff.Retry(ctx, func() (struct{}, error) {
		return struct{}{}, post(ctx, client, address, secret, b.Run, body, time.Now())
	}, backoff.WithMaxTries(webhookTries), backoff.WithBackOff(backoff.NewExponentialBackOff()))
	if err != nil {
		return fmt.Errorf("webhook: %w", withoutAddress(err))
	}
	return nil
}

// withoutAddress takes the address out of an error: it may hold a secret.
func withoutAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func post(ctx context.Context, client *http.Client, address, secret, run string, body []byte, now time.Time) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return backoff.Permanent(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", run)
	if secret != "" {
		req.Header.Set(SignatureHeader, Signature(secret, body, now))
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	switch code := resp.StatusCode; {
	case code < 300:
		return nil
	case code == http.StatusTooManyRequests || code >= 500:
		return fmt.Errorf("the receiver answers %d", code)
	default:
		return backoff.Permanent(fmt.Errorf("the receiver answers %d", code))
	}
}

func Signature(secret string, body []byte, now time.Time) string {
	t := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(t + "."))
	mac.Write(body)
	return "t=" + t + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}
