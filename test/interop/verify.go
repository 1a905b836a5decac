// Verifies a log that Waybill exported with golang.org/x/mod, which knows nothing of Waybill: the signed head, every
// tile, every entry, the proof that the log goes on from an older head, and an exhibit. Prints one line for each.
//
//	verify DIR VKEY WITNESS-VKEY OLD-CHECKPOINT EXHIBIT
//
// Only Waybill's entry format is not golang's; the commitment that the exhibit opens is checked by hand at the end.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Println("REFUSED:", err)
		os.Exit(1)
	}
}

func refuse(format string, args ...interface{}) { check(fmt.Errorf(format, args...)) }

// A directory of C2SP tlog-tiles: the paths of golang without the height of the tiles, which is always 8.
type directory string

func (d directory) path(t tlog.Tile) string {
	path := t.Path()
	path = strings.Replace(path, "tile/8/data/", "tile/entries/", 1)
	return filepath.Join(string(d), strings.Replace(path, "tile/8/", "tile/", 1))
}

func (d directory) Height() int { return 8 }

func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		bytes, err := os.ReadFile(d.path(tile))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (d directory) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

// A witness of C2SP tlog-cosignature, which golang.org/x/mod does not have.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(w.key, []byte(signed), sig[8:])
}

func newWitness(vkey string) witness {
	parts := strings.SplitN(vkey, "+", 3)
	material, err := base64.StdEncoding.DecodeString(parts[2])
	check(err)
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	if material[0] != 4 || hex.EncodeToString(sum[:4]) != parts[1] {
		refuse("the witness key is not one")
	}
	return witness{parts[0], binary.BigEndian.Uint32(sum[:4]), material[1:]}
}

// The head that a signed note holds. The Go checksum database calls its heads by a fixed name, so this reads its own.
func openHead(msg []byte, known note.Verifiers) (tlog.Tree, *note.Note) {
	n, err := note.Open(msg, known)
	check(err)
	lines := strings.Split(n.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	hash, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: hash}, n
}

func checkEntries(dir directory, tree tlog.Tree, reader tlog.HashReader) {
	const width = 256
	for n := int64(0); n*width < tree.N; n++ {
		tile := tlog.Tile{H: 8, L: -1, N: n, W: width}
		if left := tree.N - n*width; left < width {
			tile.W = int(left)
		}
		bundle, err := os.ReadFile(dir.path(tile))
		check(err)
		indexes := make([]int64, tile.W)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, n*width+int64(i))
		}
		hashes, err := reader.ReadHashes(indexes)
		check(err)
		for i, hash := range hashes {
			length := int(binary.BigEndian.Uint16(bundle))
			if hash != tlog.RecordHash(bundle[2:2+length]) {
				refuse("entry %d is not the one that was signed", n*width+int64(i))
			}
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			refuse("bundle %d goes on after its last entry", n)
		}
	}
}

// The order of the commitments in an entry, from byte 32 on.
var fieldNumber = map[string]int{
	"kind": 0, "cite": 1, "person": 2, "title": 3, "case": 4, "item": 5, "taxpayer": 6, "packet": 7, "event": 8,
}

func checkExhibit(text []byte, known note.Verifiers) {
	parts := bytes.SplitN(text, []byte("\n\n"), 2)
	tree, _ := openHead(parts[1], known)
	lines := strings.Split(string(parts[0]), "\n")
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	check(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		check(err)
		proof = append(proof, hash)
	}
	var exhibit struct {
		Entry []byte
		Open  []struct{ Field, Salt, Value string }
	}
	check(json.Unmarshal(extra, &exhibit))
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(exhibit.Entry)))
	for _, o := range exhibit.Open {
		sum := sha256.Sum256([]byte(o.Salt + ":" + o.Field + ":" + o.Value))
		at := 32 + 32*fieldNumber[o.Field]
		if !bytes.Equal(exhibit.Entry[at:at+32], sum[:]) {
			refuse("the salt does not open the %s", o.Field)
		}
		fmt.Printf("exhibit: entry %d of %d, %s is %s\n", index, tree.N, o.Field, o.Value)
	}
}

func main() {
	dir := directory(os.Args[1])
	log, err := note.NewVerifier(os.Args[2])
	check(err)
	known := note.VerifierList(log, newWitness(os.Args[3]))

	msg, err := os.ReadFile(filepath.Join(string(dir), "checkpoint"))
	check(err)
	tree, n := openHead(msg, known)
	fmt.Printf("head: %d entries, %d signatures\n", tree.N, len(n.Sigs))

	reader := tlog.TileHashReader(tree, dir)
	checkEntries(dir, tree, reader)
	fmt.Printf("entries: %d\n", tree.N)

	msg, err = os.ReadFile(os.Args[4])
	check(err)
	old, _ := openHead(msg, known)
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	check(err)
	check(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
	fmt.Printf("consistent: %d to %d\n", old.N, tree.N)

	msg, err = os.ReadFile(os.Args[5])
	check(err)
	checkExhibit(msg, known)
}
