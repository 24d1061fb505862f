/// Classes of characters in the locale "C", for code of domains. [c11 7.4]
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// A value that is neither an unsigned char nor -1 is in no class, and stays itself.
int isalnum(int character);
int isalpha(int character);
int isascii(int character);
int isblank(int character);
int iscntrl(int character);
int isdigit(int character);
int isgraph(int character);
int islower(int character);
int isprint(int character);
int ispunct(int character);
int isspace(int character);
int isupper(int character);
int isxdigit(int character);
int toascii(int character);
int tolower(int character);
int toupper(int character);

#ifdef __cplusplus
}
#endif
