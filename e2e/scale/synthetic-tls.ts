/** A certificate for `frontend.test`, signed by itself, valid for a hundred years: for tests alone, it guards nothing. */
export const SYNTHETIC_TLS = {
  serverName: 'frontend.test',
  certificate: `-----BEGIN CERTIFICATE-----
MIIBrDCCAVGgAwIBAgIUVn/oBhy2Yzkhduj7MUwMcuTNfv0wCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSc3ludGhldGljIGZyb250ZW5kMCAXDTI2MTEyMzIxMDYwNFoY
DzIxMjYxMDMwMjEwNjA0WjAdMRswGQYDVQQDDBJzeW50aGV0aWMgZnJvbnRlbmQw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQDwZ2S5JzoR+TVtZN0Bp+xaiKUGNzr
tLe3jgz/QTZezobIcTEV7mwL7Cb3i/nYnycG2kXSYxRWGsSuR7iaQyhfo20wazAd
BgNVHQ4EFgQUHNuX2HnRIphXOqD/9VGY3uQGmlUwHwYDVR0jBBgwFoAUHNuX2HnR
IphXOqD/9VGY3uQGmlUwDwYDVR0TAQH/BAUwAwEB/zAYBgNVHREEETAPgg1mcm9u
dGVuZC50ZXN0MAoGCCqGSM49BAMCA0kAMEYCIQDH/YfmlJvQdxmppdf38bVdWoaY
zenK81dwl3RcBhGZuwIhAJ0KHK0QIIsLk07/7+/WYM/lAdX+JOVWTTR3EjYxdD94
-----END CERTIFICATE-----
`,
  privateKey: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAvQckXX2mkLtck+f
O9aw/OKYhJcdUav246O+0RF54aWhRANCAAQDwZ2S5JzoR+TVtZN0Bp+xaiKUGNzr
tLe3jgz/QTZezobIcTEV7mwL7Cb3i/nYnycG2kXSYxRWGsSuR7iaQyhf
-----END PRIVATE KEY-----
`,
};
