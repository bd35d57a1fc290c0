# SPDX-License-Identifier: MIT
"""Coverage: potential that nobody works on, what of it is sold, and who is visited too little."""
