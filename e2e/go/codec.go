package main

import (
	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/protobuf/proto"
)

const encoding = "binary/encrypted"

// A stand-in for encryption: nobody without the key, this byte, reads the payloads.
type hidingCodec struct{}

const key = 0x5a

func (hidingCodec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	hidden := make([]*commonpb.Payload, len(payloads))
	for i, payload := range payloads {
		plain, err := proto.Marshal(payload)
		if err != nil {
			return nil, err
		}
		hidden[i] = &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte(encoding)}, Data: xor(plain)}
	}
	return hidden, nil
}

func (hidingCodec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	plain := make([]*commonpb.Payload, len(payloads))
	for i, payload := range payloads {
		if string(payload.Metadata["encoding"]) != encoding {
			plain[i] = payload
			continue
		}
		plain[i] = &commonpb.Payload{}
		if err := proto.Unmarshal(xor(payload.Data), plain[i]); err != nil {
			return nil, err
		}
	}
	return plain, nil
}

func xor(data []byte) []byte {
	turned := make([]byte, len(data))
	for i, b := range data {
		turned[i] = b ^ key
	}
	return turned
}
