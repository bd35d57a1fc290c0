# SPDX-License-Identifier: MIT
"""The drawer's page about workload: territories, index, visit classes, travel."""
