// The official clients, unchanged, against a gateway over a server that speaks vLLM's API: node conformance.mjs BASE_URL
import assert from 'node:assert/strict'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, stepCountIs, streamText, tool } from 'ai'
import { z } from 'zod'

const base = process.argv[2]
const model = 'small'
const messages = [{ role: 'user', content: 'Hello' }]
const answer = 'small heard Hello'
const parameters = { type: 'object', properties: { table: { type: 'string' } }, required: ['table'] }
const openai = new OpenAI({ baseURL: `${base}/v1`, apiKey: 'unused', maxRetries: 0 })
const anthropic = new Anthropic({ baseURL: base, apiKey: 'unused', maxRetries: 0 })

const checks = {
  async 'openai: chat, plain and streaming'() {
    const plain = await openai.chat.completions.create({ model, messages })
    assert.equal(plain.choices[0].message.content, answer)
    const stream = await openai.chat.completions.create(
      { model, messages, stream: true, stream_options: { include_usage: true } })
    let text = ''
    let usage
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? ''
      usage = chunk.usage ?? usage
    }
    assert.equal(text, answer)
    assert.equal(usage.total_tokens, 19)
  },

  async 'openai: routed by content'() {
    const { data, response } = await openai.chat.completions.create(
      { model: 'auto', messages: [{ role: 'user', content: 'write sql' }] }).withResponse()
    assert.equal(response.headers.get('x-tagrouter-reason'), 'routed')
    assert.equal(response.headers.get('x-tagrouter-model'), data.choices[0].message.content.split(' ')[0])
  },

  async 'openai: tools, there and back'() {
    const tools = [{ type: 'function', function: { name: 'lookup', parameters } }]
    const runner = openai.chat.completions.runTools({ model, messages, tools: [
      { type: 'function', function: { ...tools[0].function, parse: JSON.parse, function: ({ table }) => `3 ${table}` } }] })
    assert.equal(await runner.finalContent(), 'The tool said 3 orders')
    const streamed = await openai.chat.completions.stream({ model, messages, tools }).finalChatCompletion()
    assert.deepEqual(JSON.parse(streamed.choices[0].message.tool_calls[0].function.arguments), { table: 'orders' })
  },

  async 'openai: errors, embeddings, models'() {
    await assert.rejects(openai.chat.completions.create({ model: 'gpt-9', messages }), OpenAI.NotFoundError)
    await assert.rejects(openai.chat.completions.create({ model, messages: [{ role: 'user', content: 'fail' }] }),
      error => error instanceof OpenAI.BadRequestError && /maximum context/.test(error.message))
    const embedded = await openai.embeddings.create({ model, input: 'Hello', encoding_format: 'float' })
    assert.deepEqual(embedded.data[0].embedding, [0.25, -0.5])
    await assert.rejects(openai.embeddings.create({ model: 'auto', input: 'Hello' }), OpenAI.BadRequestError)
    const listed = []
    for await (const one of openai.models.list()) listed.push(one.id)
    assert.ok(listed.includes('auto') && listed.includes(model))
  },

  async 'openai: responses, plain and streaming'() {
    const plain = await openai.responses.create({ model, instructions: 'Be brief.', input: 'Hello' })
    assert.equal(plain.output_text, answer)
    assert.equal(plain.status, 'completed')
    assert.equal(plain.usage.total_tokens, 19)
    const stream = openai.responses.stream({ model, input: messages })
    const types = []
    for await (const event of stream) types.push(event.type)
    assert.equal((await stream.finalResponse()).output_text, answer)
    assert.equal(types[0], 'response.created')
    assert.equal(types.at(-1), 'response.completed')
  },

  async 'openai: responses with tools, and what they cannot do here'() {
    const tools = [{ type: 'function', name: 'lookup', parameters, strict: false }]
    const asked = await openai.responses.create({ model, input: messages, tools })
    const call = asked.output.find(item => item.type === 'function_call')
    assert.deepEqual(JSON.parse(call.arguments), { table: 'orders' })
    const told = await openai.responses.create({ model, tools,
      input: [...messages, call, { type: 'function_call_output', call_id: call.call_id, output: '3 orders' }] })
    assert.equal(told.output_text, 'The tool said 3 orders')
    const stream = openai.responses.stream({ model, input: messages, tools })
    const streamed = (await stream.finalResponse()).output.find(item => item.type === 'function_call')
    assert.deepEqual(JSON.parse(streamed.arguments), { table: 'orders' })
    await assert.rejects(openai.responses.create({ model, input: 'Hello', previous_response_id: 'resp_1' }),
      error => error instanceof OpenAI.BadRequestError && error.param === 'previous_response_id')
    await assert.rejects(openai.responses.create({ model, input: 'Hello', tools: [{ type: 'web_search' }] }),
      OpenAI.BadRequestError)
  },

  async 'responses that break off are failures, not short answers'() {
    const response = await openai.responses.stream({ model, input: 'break' }).finalResponse()
    assert.equal(response.status, 'failed')
    assert.match(response.error.message, /closed the connection/)
    assert.equal(response.output_text, 'Half')
    const provider = createOpenAI({ baseURL: `${base}/v1`, apiKey: 'unused' })
    const errors = []
    const stream = streamText({ model: provider.responses(model), prompt: 'break', maxRetries: 0,
      onError: ({ error }) => errors.push(error) })
    await stream.consumeStream()
    assert.equal(await stream.finishReason, 'error')
    assert.match(JSON.stringify(errors, (key, value) => value instanceof Error ? `${value}` : value), /closed the connection/)
  },

  async 'anthropic: messages, plain and streaming'() {
    const asked = { model, max_tokens: 64, system: 'Be brief.', messages }
    const plain = await anthropic.messages.create(asked)
    assert.deepEqual(plain.content.map(block => block.text), [answer])
    assert.equal(plain.stop_reason, 'end_turn')
    assert.equal(plain.usage.input_tokens, 12)
    const streamed = await anthropic.messages.stream(asked).finalMessage()
    assert.deepEqual(streamed.content.map(block => block.text), [answer])
    assert.equal(streamed.stop_reason, 'end_turn')
    assert.equal(streamed.usage.output_tokens, 7)
  },

  async 'anthropic: tools, there and back'() {
    const asked = { model, max_tokens: 64, tools: [{ name: 'lookup', input_schema: parameters }] }
    for (const ask of [body => anthropic.messages.create(body), body => anthropic.messages.stream(body).finalMessage()]) {
      const first = await ask({ ...asked, messages })
      assert.equal(first.stop_reason, 'tool_use')
      const use = first.content.find(block => block.type === 'tool_use')
      assert.deepEqual(use.input, { table: 'orders' })
      const second = await ask({ ...asked, messages: [...messages, { role: 'assistant', content: first.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: '3 orders' }] }] })
      assert.equal(second.content[0].text, 'The tool said 3 orders')
    }
  },

  async 'anthropic: errors'() {
    await assert.rejects(anthropic.messages.create({ model: 'claude-9', max_tokens: 64, messages }),
      error => error instanceof Anthropic.NotFoundError && error.error.error.type === 'not_found_error')
    await assert.rejects(
      anthropic.messages.create({ model, max_tokens: 64, messages: [{ role: 'user', content: 'fail' }] }),
      error => error instanceof Anthropic.BadRequestError && /maximum context/.test(error.message))
    await assert.rejects(anthropic.messages.countTokens({ model, messages }), Anthropic.NotFoundError)
  },

  async 'ai: chat completions and responses'() {
    const compatible = createOpenAICompatible({ name: 'tagrouter', baseURL: `${base}/v1`, includeUsage: true })
    const provider = createOpenAI({ baseURL: `${base}/v1`, apiKey: 'unused' })
    const lookup = tool({ inputSchema: z.object({ table: z.string() }), execute: async ({ table }) => `3 ${table}` })
    for (const of of [compatible(model), provider.chat(model), provider.responses(model)]) {
      assert.equal((await generateText({ model: of, prompt: 'Hello', maxRetries: 0 })).text, answer)
      const stream = streamText({ model: of, prompt: 'Hello', maxRetries: 0 })
      let text = ''
      for await (const piece of stream.textStream) text += piece
      assert.equal(text, answer)
      assert.equal((await stream.usage).totalTokens, 19)
      const asked = { model: of, prompt: 'Hello', tools: { lookup }, stopWhen: stepCountIs(2), maxRetries: 0 }
      assert.match((await generateText(asked)).text, /^The tool said "?3 orders"?$/)
      // With words beside the call, which the SDK sends back by their id alone unless it is told that nothing is stored.
      const worded = { ...asked, prompt: 'Say it first', providerOptions: { openai: { store: false } } }
      assert.match((await generateText(worded)).text, /^The tool said "?3 orders"?$/)
      if (of.provider.endsWith('.responses')) {
        await assert.rejects(generateText({ ...worded, providerOptions: {} }), /stores no items; send "store": false/)
      }
      await assert.rejects(generateText({ model: of, prompt: 'fail', maxRetries: 0 }), /maximum context/)
    }
  },
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  try {
    await check()
    console.log(`ok: ${name}`)
  } catch (error) {
    failed++
    console.log(`FAILED: ${name}: ${error.stack}`)
  }
}
process.exitCode = failed === 0 ? 0 : 1
