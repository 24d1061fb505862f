/// The interface of the shop, the services that it may ask for, and the memory that is lent to it.
#pragma once

#include "vault.h"

/// Asks the monitor for the price of a thing, in cents; 0 if there is no such thing.
constexpr rt::Service<1, uint64_t(uint64_t thing)> price;

/// Calls the vault.
constexpr rt::CrossCall<1, Domain::shop, sign> sign_for_shop;

/// The orders, in a data domain. The trusted code writes them, and the shop reads them while they
/// are lent.
namespace inbox {

inline constexpr size_t most = 8;
extern uint64_t things[most];

} // namespace inbox

namespace shop {

/// The sum of the prices of the first `count` things in the inbox.
uint64_t add_up(uint64_t count);
/// The vault's signature of the amount; 0 if the vault fails.
uint64_t bill(uint64_t amount);

} // namespace shop

constexpr rt::Entry<Domain::shop, shop::add_up> add_up;
constexpr rt::Entry<Domain::shop, shop::bill> bill;
