"""Nothing in, a language model of half a megabyte out, with random weights, for llama.cpp.

What it writes is garbage: bytes that are no UTF-8, endless lines, sometimes nothing. The same
seed makes the same model.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["write_model"]

_WIDTH, _LAYERS, _HEADS, _INNER, _CONTEXT = 64, 2, 4, 128, 4096
_CHAT = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def write_model(path: Path, seed: int = 7) -> None:
    """Write a GGUF file. Raises ImportError without `gguf` and `numpy`."""
    import gguf
    import numpy as np

    random = np.random.default_rng(seed)
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{i:02X}>".encode() for i in range(256))]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * 256
    for word in ("▁the", "▁a", "<", ">", "end", "`", "\n", "1", "2", "▁", "der", "und"):
        tokens.append(word.encode())
        kinds.append(gguf.TokenType.NORMAL)

    def weights(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return (random.standard_normal(shape) * 0.4).astype(np.float32)

    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores([float(-i) for i in range(len(tokens))])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(_CHAT)
    writer.add_tensor("token_embd.weight", weights(len(tokens), _WIDTH))
    for layer in range(_LAYERS):
        name = f"blk.{layer}"
        writer.add_tensor(f"{name}.attn_norm.weight", np.ones(_WIDTH, np.float32))
        writer.add_tensor(f"{name}.ffn_norm.weight", np.ones(_WIDTH, np.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"{name}.{part}.weight", weights(_WIDTH, _WIDTH))
        writer.add_tensor(f"{name}.ffn_gate.weight", weights(_INNER, _WIDTH))
        writer.add_tensor(f"{name}.ffn_up.weight", weights(_INNER, _WIDTH))
        writer.add_tensor(f"{name}.ffn_down.weight", weights(_WIDTH, _INNER))
    writer.add_tensor("output_norm.weight", np.ones(_WIDTH, np.float32))
    writer.add_tensor("output.weight", weights(len(tokens), _WIDTH))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
