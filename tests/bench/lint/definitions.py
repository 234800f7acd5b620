"""Writes what the lint benchmark reads: a repository of variations of published definitions, and shapes that grow."""
import glob
import json
import os

FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:'


def write(path, definition, indent=2):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    text = json.dumps(definition, indent=indent) + '\n'
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return len(text)


def chain(count):
    states = {f'S{i:06d}': {'Type': 'Pass', 'Next': f'S{i + 1:06d}'} for i in range(count - 1)}
    return {'StartAt': 'S000000', 'States': {**states, f'S{count - 1:06d}': {'Type': 'Pass', 'End': True}}}


def ladder(count):
    """Choices of one rule, both ways of which come together at the next."""
    states = {}
    for i in range(count // 3):
        after = f'C{i + 1:06d}' if i + 1 < count // 3 else 'End'
        states[f'C{i:06d}'] = {'Type': 'Choice', 'Default': f'R{i:06d}', 'Choices': [
            {'Variable': '$.n', 'NumericLessThan': i, 'Next': f'L{i:06d}'}]}
        states[f'L{i:06d}'] = {'Type': 'Pass', 'Next': after}
        states[f'R{i:06d}'] = {'Type': 'Pass', 'Next': after}
    return {'StartAt': 'C000000', 'States': {**states, 'End': {'Type': 'Succeed'}}}


def parallel(count):
    """One Parallel with a branch for each pair of states."""
    branches = [{'StartAt': f'A{i}', 'States': {f'A{i}': {'Type': 'Pass', 'Next': f'B{i}'},
                                                f'B{i}': {'Type': 'Pass', 'End': True}}} for i in range(count // 2)]
    return {'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'Branches': branches, 'End': True}}}


def nested(depth):
    """Parallels inside each other, with a few states on each level."""
    inner = chain(3)
    for level in range(depth):
        states = {f'L{level}S{i}': {'Type': 'Pass', 'Next': f'L{level}S{i + 1}'} for i in range(3)}
        states[f'L{level}S3'] = {'Type': 'Parallel', 'Branches': [inner], 'End': True}
        inner = {'StartAt': f'L{level}S0', 'States': states}
    return inner


def orders(count):
    """Tasks with templates, retriers and catchers, now and then a Choice that jumps back, and a Map."""
    states = {}
    name = lambda i: f'Step-{i:06d}' if i < count else 'Done'
    for i in range(count):
        if i % 20 == 7:
            state = {'Type': 'Map', 'ItemsPath': '$.order.items', 'MaxConcurrency': 5, 'ResultPath': f'$.mapped{i}',
                     'ItemProcessor': {'StartAt': f'In-{i:06d}', 'States': {f'In-{i:06d}': {'Type': 'Pass', 'End': True}}}}
        elif i % 5 == 4:
            rules = [{'Variable': f'$.results.step{i - 1}.status', 'StringEquals': f'v{k}', 'Next': name(i * 7 * (k + 1) % count)}
                     for k in range(4)]
            state = {'Type': 'Choice', 'Choices': rules, 'Default': name(i + 1)}
        else:
            state = {'Type': 'Task', 'Comment': f'step {i}: call the worker', 'Resource': f'{FUNCTION}Worker{i % 50}',
                     'Parameters': {'id.$': '$.id', 'order.$': '$.order.items[0]', 'kind': 'abc'[i % 3],
                                    'name.$': "States.Format('{}-{}', $.id, $.seq)"},
                     'ResultSelector': {'status.$': '$.status'}, 'ResultPath': f'$.results.step{i}', 'TimeoutSeconds': 30,
                     'Retry': [{'ErrorEquals': ['Lambda.ServiceException', 'Lambda.TooManyRequestsException'],
                                'IntervalSeconds': 2, 'MaxAttempts': 6, 'BackoffRate': 2}],
                     'Catch': [{'ErrorEquals': ['States.ALL'], 'ResultPath': '$.error', 'Next': 'Failed'}]}
        if state['Type'] != 'Choice':
            state['Next'] = name(i + 1)
        states[name(i)] = state
    states['Done'] = {'Type': 'Succeed'}
    states['Failed'] = {'Type': 'Fail', 'Error': 'Failed', 'Cause': 'x'}
    return {'Comment': f'{count} steps', 'StartAt': name(0), 'States': states}


def megabyte():
    """As many steps as fit into 1 MiB."""
    count = 10
    each = len(json.dumps(orders(1000), indent=2)) / 1000
    count = int((1 << 20) / each)
    while len(json.dumps(orders(count), indent=2)) > 1 << 20:
        count -= 1
    return orders(count)


def write_repository(folder, corpus, count):
    """`count` files of variations of the definitions below `corpus`; gives their bytes."""
    base = []
    for path in sorted(glob.glob(os.path.join(corpus, '**', '*.asl.json'), recursive=True)):
        try:
            with open(path, encoding='utf-8-sig') as f:
                definition = json.load(f)
        except ValueError:
            continue
        if isinstance(definition, dict) and 'States' in definition:
            base.append((os.path.basename(path), definition))
    total = 0
    for i in range(count):
        name, definition = base[i % len(base)]
        total += write(os.path.join(folder, f'{i % 100:02d}', f'{i:05d}-{name}'),
                       {**definition, 'Comment': f'variation {i}'}, (2, 4, None, 1)[i % 4])
    return total
