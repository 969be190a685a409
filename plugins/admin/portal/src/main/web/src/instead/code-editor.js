import { defineComponent, h, onMounted, ref, watch } from 'vue'

/** A field for code: plain, and told by the same events as the editor whose place it takes. */
export const MonacoEditor = defineComponent({
  props: { modelValue: { type: String, default: '' }, language: { type: String, default: 'text' }, theme: String, options: Object, appearance: String },
  emits: ['update:modelValue', 'ready'],
  setup(props, { emit }) {
    const area = ref(null)
    const changed = new Set()
    const model = {
      uri: { scheme: 'inmemory', path: '/' },
      onWillDispose: () => ({ dispose() {} }),
      getFullModelRange: () => ({ getEndPosition: () => props.modelValue.length }),
      getValueInRange: () => props.modelValue,
    }
    const editor = {
      getModel: () => model,
      getValue: () => props.modelValue,
      setPosition: (at) => area.value?.setSelectionRange(at, at),
      focus: () => area.value?.focus(),
      onDidPaste: () => ({ dispose() {} }),
      onDidChangeModelContent(tell) {
        changed.add(tell)
        return { dispose: () => changed.delete(tell) }
      },
    }
    onMounted(() => emit('ready', editor))
    watch(() => props.modelValue, () => changed.forEach((tell) => tell()))
    return () => h('textarea', {
      ref: area,
      class: 'code mono',
      rows: 20,
      spellcheck: false,
      'aria-label': `Code (${props.language})`,
      value: props.modelValue,
      onInput: (event) => emit('update:modelValue', event.target.value),
    })
  },
})

/** What is shown between lines of code there has no place in a plain field. */
export const emptyCodeLensList = () => ({ lenses: [], dispose() {} })
export const collectCodeLensProviders = () => ({ provideCodeLenses: emptyCodeLensList })
