"""Tests tools/precision on a small corpus of its own: precision_test.py PROGRAM."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = pathlib.Path(sys.argv.pop()).resolve()

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: %s}]}\n"


class PrecisionTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name in ("tools", "docs/precision", "corpus/few", "corpus/many"):
            (self.root / name).mkdir(parents=True)
        shutil.copy(ROOT / "tools/precision", self.root / "tools/precision")
        (self.root / "corpus/few/pod.yaml").write_text(POD % "nginx")
        for number in range(12):
            (self.root / f"corpus/many/{number}.yaml").write_text(POD % "nginx:latest")
        self.write("verdicts", "rule\tplace\tverdict\twhy\n")

    def write(self, name, text):
        (self.root / f"docs/precision/{name}.tsv").write_text(text)

    def run_tool(self, *flags, root=None):
        tool = (root or self.root) / "tools/precision"
        return subprocess.run([tool, self.root / "corpus", "--binary", PROGRAM, *flags],
                              capture_output=True, text=True)

    def row(self, rule):
        rows = self.run_tool("--rule", rule).stdout.splitlines()
        self.assertEqual(len(rows), 1)
        return [cell.strip() for cell in rows[0].split("|")[1:-1]]

    def places(self):
        lines = self.run_tool("--rule", "image-tag", "--show").stdout.splitlines()
        return [line.split("\t")[1] for line in lines if line.startswith("image-tag\t")]

    def test_counts_findings_and_files_and_samples_ten(self):
        self.assertEqual(self.row("TW801"), ["image-tag", "13", "13", "10, 10 unread", "–", "–", ""])
        self.assertEqual(self.row("ssh-port"), ["ssh-port", "0", "0", "0", "–", "–", ""])

    def test_a_finding_that_goes_moves_no_other_sample(self):
        before = self.places()
        self.assertEqual(len(set(before)), 10)
        (self.root / "corpus" / before[0].split(":")[0]).unlink()
        self.assertEqual(self.places()[:9], before[1:])

    def test_joins_verdicts_and_notes(self):
        places = self.places()
        verdicts = [f"image-tag\t{places[0]}\tfalse\tno\n", f"image-tag\t{places[1]}\tdoubtful\twho knows\n"]
        self.write("verdicts", "rule\tplace\tverdict\twhy\n" + "".join(verdicts))
        self.write("notes", "rule\tnote\nimage-tag\tas found\n")
        self.assertEqual(self.row("image-tag")[3:], ["10, 8 unread", "1", "1", "as found"])

    def test_checks_that_the_page_is_fresh_and_false_findings_have_a_note(self):
        self.assertIn("stale", self.run_tool("--check").stderr)
        self.assertEqual(self.run_tool().returncode, 0)
        self.assertEqual(self.run_tool("--check").returncode, 0)
        verdicts = [f"image-tag\t{place}\tfalse\tno\n" for place in self.places()[:2]]
        self.write("verdicts", "rule\tplace\tverdict\twhy\n" + "".join(verdicts))
        self.assertIn("image-tag: 2 of those read are false", self.run_tool().stderr)
        self.assertEqual(self.run_tool("--check").returncode, 1)
        self.write("notes", "rule\tnote\nimage-tag\tmeant so\n")
        self.assertEqual(self.run_tool().returncode, 0)
        self.assertEqual(self.run_tool("--check").returncode, 0)

    def test_names_what_was_right_and_is_gone(self):
        self.write("verdicts", "rule\tplace\tverdict\twhy\nimage-tag\tgone/x.yaml:1:1\ttrue\tyes\n")
        self.assertIn("lost: image-tag gone/x.yaml:1:1", self.run_tool().stderr)

    def test_refuses_what_is_no_verdict(self):
        for row in ("image-tag\ta:1:1\tmaybe\tno\n", "image-tags\ta:1:1\ttrue\tyes\n", "image-tag\ttrue\n"):
            self.write("verdicts", "rule\tplace\tverdict\twhy\n" + row)
            self.assertEqual(self.run_tool().returncode, 1)

    def test_the_readings_of_this_repository_are_well_formed(self):
        done = self.run_tool("--rule", "ssh-port", root=ROOT)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
