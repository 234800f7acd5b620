#!/usr/bin/env python3
"""Writes the machines that the simulation benchmarks run: definition, input, expected output.

    machines.py FOLDER            the cases, at the sizes that published figures use
    machines.py FOLDER --growth   the same shapes in rising sizes, to see what a step costs as they grow

FOLDER/<id>.asl.json, <id>.input.json, <id>.expect.json, and FOLDER/cases.json: a list of {id, title, query, transitions, items, tasks}.
`transitions` counts states entered, those in branches and iterations included; `items` the items of a Map; `tasks` says
that every Task answers {"ok": true, "echo": <its input>}.
"""
import argparse
import json
import os

SMALL = {'id': 'x-1', 'n': 7, 'kind': 'demo'}
FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:echo'


def chain(prefix, length, state):
    """`length` states in a row; state(i) makes the i-th."""
    states = {}
    for i in range(length):
        follow = {'End': True} if i + 1 == length else {'Next': f'{prefix}{i + 1}'}
        states[f'{prefix}{i}'] = {**state(i), **follow}
    return {'StartAt': f'{prefix}0', 'States': states}


def pass_chain(length):
    return chain('P', length, lambda i: {'Type': 'Pass'}), SMALL, SMALL, {'transitions': length}


def counter_loop(rounds):
    # The counter sits in an object: the peer loses a Result that is 0.
    definition = {'StartAt': 'Init', 'States': {
        'Init': {'Type': 'Pass', 'Result': {'i': 0}, 'ResultPath': '$.c', 'Next': 'Check'},
        'Check': {'Type': 'Choice', 'Default': 'Done',
                  'Choices': [{'Variable': '$.c.i', 'NumericLessThanPath': '$.n', 'Next': 'Inc'}]},
        'Inc': {'Type': 'Pass', 'Parameters': {'i.$': 'States.MathAdd($.c.i, 1)'}, 'ResultPath': '$.c',
                'Next': 'Check'},
        'Done': {'Type': 'Succeed'}}}
    return definition, {'n': rounds}, {'n': rounds, 'c': {'i': rounds}}, {'transitions': 2 * rounds + 3}


def jsonata_counter_loop(rounds):
    definition = {'QueryLanguage': 'JSONata', 'StartAt': 'Init', 'States': {
        'Init': {'Type': 'Pass', 'Assign': {'i': 0, 'n': '{% $states.input.n %}'}, 'Next': 'Check'},
        'Check': {'Type': 'Choice', 'Default': 'Done', 'Choices': [{'Condition': '{% $i < $n %}', 'Next': 'Inc'}]},
        'Inc': {'Type': 'Pass', 'Assign': {'i': '{% $i + 1 %}'}, 'Next': 'Check'},
        'Done': {'Type': 'Succeed', 'Output': '{% {"i": $i} %}'}}}
    return definition, {'n': rounds}, {'i': rounds}, {'transitions': 2 * rounds + 3, 'query': 'JSONata'}


def choice_ladder(rungs):
    """At each rung eight string rules that do not match, then the default."""
    states = {}
    for i in range(rungs):
        following = f'C{i + 1}' if i + 1 < rungs else 'End'
        rules = [{'Variable': '$.kind', 'StringEquals': f'no{r}', 'Next': f'L{i}'} for r in range(8)]
        states[f'C{i}'] = {'Type': 'Choice', 'Choices': rules, 'Default': f'R{i}'}
        states[f'L{i}'] = {'Type': 'Pass', 'Next': following}
        states[f'R{i}'] = {'Type': 'Pass', 'Next': following}
    states['End'] = {'Type': 'Succeed'}
    return {'StartAt': 'C0', 'States': states}, SMALL, SMALL, {'transitions': 2 * rungs + 1}


def data_flow(length):
    def state(_):
        return {'Type': 'Pass', 'InputPath': '$.order', 'ResultPath': '$.calc', 'Parameters': {
            'id.$': '$.id',
            'label.$': "States.Format('{}/{}', $.id, $.lines[0].sku)",
            'count.$': 'States.ArrayLength($.lines)',
            'fixed': {'a': 1, 'b': [1, 2, 3]}}}
    given = {'order': {'id': 'o-17', 'lines': [{'sku': f's{j}', 'qty': j} for j in range(10)]}}
    calc = {'id': 'o-17', 'label': 'o-17/s0', 'count': 10, 'fixed': {'a': 1, 'b': [1, 2, 3]}}
    return chain('F', length, state), given, {**given, 'calc': calc}, {'transitions': length}


def payload(length, rows):
    """One small member of a large input changes with each state; 1,000 rows are 64 KiB."""
    given = {'rows': [{'id': j, 'name': f'row {j}', 'tags': ['a', 'b', 'c'], 'v': j * 0.5} for j in range(rows)], 'i': 0}
    definition = chain('B', length, lambda i: {'Type': 'Pass', 'Result': i, 'ResultPath': '$.i'})
    return definition, given, {**given, 'i': length - 1}, {'transitions': length}


def map_state(processor, **fields):
    processor['ProcessorConfig'] = {'Mode': 'INLINE'}
    return {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ItemsPath': '$.items', 'MaxConcurrency': 40, **fields,
                                             'ItemProcessor': processor, 'End': True}}}


def map_pass(items):
    definition = map_state({'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': True}}})
    # One digit each: 100,000 of them still fit the payload limit.
    numbers = [j % 10 for j in range(items)] if items > 10_000 else list(range(items))
    return definition, {'items': numbers}, numbers, {'transitions': 1 + items, 'items': items}


def map_choice(items):
    definition = map_state(
        {'StartAt': 'C', 'States': {
            'C': {'Type': 'Choice', 'Default': 'Lo', 'Choices': [
                {'Variable': '$.item.price', 'NumericGreaterThanPath': '$.limit', 'Next': 'Hi'}]},
            'Hi': {'Type': 'Pass', 'Result': 'hi', 'End': True},
            'Lo': {'Type': 'Pass', 'Result': 'lo', 'End': True}}},
        ItemSelector={'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'limit.$': '$.limit'})
    rows = [{'id': j, 'price': j % 97} for j in range(items)]
    result = ['hi' if row['price'] > 50 else 'lo' for row in rows]
    return definition, {'limit': 50, 'items': rows}, result, {'transitions': 1 + 2 * items, 'items': items}


def parallel(branches, length):
    definition = {'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'End': True, 'Branches': [
        chain(f'B{b}_', length, lambda i: {'Type': 'Pass'}) for b in range(branches)]}}}
    return definition, SMALL, [SMALL] * branches, {'transitions': 1 + branches * length}


def task_chain(length):
    def state(i):
        return {'Type': 'Task', 'Resource': FUNCTION, 'Parameters': {'id.$': '$.id', 'step': i},
                'ResultSelector': {'ok.$': '$.ok', 'step.$': '$.echo.step'}, 'ResultPath': '$.last',
                'Retry': [{'ErrorEquals': ['States.ALL'], 'MaxAttempts': 2}]}
    last = {'ok': True, 'step': length - 1}
    return chain('T', length, state), SMALL, {**SMALL, 'last': last}, {'transitions': length, 'tasks': True}


CASES = {
    'pass_chain_1000': lambda: pass_chain(1000),
    'counter_loop': lambda: counter_loop(5000),
    'jsonata_counter_loop': lambda: jsonata_counter_loop(5000),
    'choice_ladder_300': lambda: choice_ladder(300),
    'data_flow_500': lambda: data_flow(500),
    'payload_64k_200': lambda: payload(200, 1000),
    'map_pass_10k': lambda: map_pass(10_000),
    'map_choice_2k': lambda: map_choice(2000),
    'parallel_100x10': lambda: parallel(100, 10),
    'task_chain_1000': lambda: task_chain(1000),
}

GROWTH = {
    **{f'transitions/{2 * n + 3}': lambda n=n: counter_loop(n) for n in (500, 5000, 50_000, 500_000)},
    **{f'JSONata transitions/{2 * n + 3}': lambda n=n: jsonata_counter_loop(n) for n in (500, 5000, 50_000)},
    **{f'items/{n}': lambda n=n: map_pass(n) for n in (100, 1000, 10_000, 100_000)},
    **{f'states/{n}': lambda n=n: pass_chain(n) for n in (10, 100, 1000, 10_000)},
    **{f'payload rows/{n}': lambda n=n: payload(200, n) for n in (10, 100, 1000, 3000)},
    **{f'branches/{n}': lambda n=n: parallel(n, 10) for n in (10, 100, 1000)},
}


def write(folder, cases):
    os.makedirs(folder, exist_ok=True)
    rows = []
    for title, make in cases.items():
        name = title.replace('/', '-').replace(' ', '_')
        definition, given, expected, counts = make()
        for kind, content in (('asl', definition), ('input', given), ('expect', expected)):
            with open(os.path.join(folder, f'{name}.{kind}.json'), 'w', encoding='utf-8') as f:
                json.dump(content, f)
        rows.append({'id': name, 'title': title, 'query': 'JSONPath', 'items': 0, 'tasks': False, **counts})
    with open(os.path.join(folder, 'cases.json'), 'w', encoding='utf-8') as f:
        json.dump(rows, f, indent=1)
    return rows


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('--growth', action='store_true')
    args = parser.parse_args()
    print(len(write(args.folder, GROWTH if args.growth else CASES)), 'cases')
