# Writes a C++ file that holds every file below a folder, as cli/template_files.hpp declares it:
#   cmake -D FOLDER=... -D OUTPUT=template_files.cpp -P cmake/EmbedFiles.cmake
cmake_policy(VERSION 3.25)

file(GLOB_RECURSE paths RELATIVE ${FOLDER} ${FOLDER}/*)
set(rows "")
foreach(path IN LISTS paths)
  file(READ ${FOLDER}/${path} text)
  string(APPEND rows "    {\"${path}\", R\"lantian(${text})lantian\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"cli/template_files.hpp\"

namespace lantian {

std::span<const TemplateFile> template_files() {
  static constexpr TemplateFile files[] = {
${rows}  };
  return files;
}

} // namespace lantian
")
