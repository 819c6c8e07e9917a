"""The trained network as an ONNX file, in single precision and in 8-bit integers."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from network import Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn


class Chances(nn.Module):
    """The network with chances in place of log odds, and the mask taken from the padding."""

    def __init__(self, network: Encoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Chances of outside, begin, inside by wordpiece and head, and of each kind."""
        tokens, texts = self.network(ids, ids != 0)
        return tokens.softmax(-1), texts.sigmoid()


def export(network: Encoder, full: Path, small: Path) -> None:
    """Write both files. Matrices and embeddings are quantised by channel, activations at run time."""
    network.eval()
    example = torch.randint(5, 3000, (2, 40))
    torch.onnx.export(
        Chances(network), (example,), str(full), input_names=["ids"], output_names=["marks", "kinds"],
        dynamic_axes={"ids": {0: "b", 1: "n"}, "marks": {0: "b", 1: "n"}, "kinds": {0: "b"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    kinds = ["MatMul", "Gemm", "Gather"]
    quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=kinds)
    onnx.checker.check_model(str(small))
