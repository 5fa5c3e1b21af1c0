// Gives every field marked data-copy a button that copies it. Without this script the text can be selected by hand.

for (const field of document.querySelectorAll("[data-copy]")) {
  const input = field.querySelector("input, textarea");
  const button = field.querySelector("button");
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      // Plain http has no clipboard: the text is selected, and this older way still works in most browsers.
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = words; }, 2500);
  });
}
